//! The budget: parts add up to their head, areas to the scale, survey leaves to the survey's share, weights to 100 %.

use super::super::build::Built;
use super::super::header::{Header, ScaleOf};
use super::super::model::{Head, HeadId};
use crate::diagnostic::{Blocks, Both, Budget, Diagnostic, Language, Say, Span, Structure};
use crate::language::tree::{Aggregation, Level, Method, RoundedLevel};
use crate::number::{DecimalMark, Points, Ratio, Rounding};

/// Checks every sum, of the set as it is written or as it is for a block. Heads of other blocks only are in none.
pub(super) fn check(header: &Header<'_>, block: Option<&str>, built: &[Built], findings: &mut Vec<Diagnostic>) {
    for parent in built.iter().filter(|built| !built.head.children.is_empty() && applies(&built.head)) {
        let children = children(&parent.head, built);
        match parent.head.aggregation {
            Aggregation::Sum => parts(parent, &children, findings),
            Aggregation::Weakest => unweighted(&children, findings),
            Aggregation::WeightedMean => {
                let name = format!("`{}`", parent.head.code);
                weights(Both::same(name), parent.head.span, &children, findings);
            }
        }
    }
    let roots: Vec<&Built> = built.iter().filter(|built| built.head.is_top() && applies(&built.head)).collect();
    let aggregation = header.aggregation.unwrap_or(Aggregation::Sum);
    if aggregation == Aggregation::WeightedMean && !roots.is_empty() {
        let whole = Both::new("bộ tiêu chí", "the ruleset");
        weights(whole, header.aggregation_line, &roots, findings);
    } else if aggregation != Aggregation::WeightedMean {
        unweighted(&roots, findings);
    }
    scale((header, block), aggregation, &roots, built, findings);
    kept(header, built, findings);
}

/// Points that rounding keeps: one that moves the most or the least of a head gives more than the head has, or less, and
/// a table in which nothing adds up.
fn kept(header: &Header<'_>, built: &[Built], findings: &mut Vec<Diagnostic>) {
    let Some(rule) = header.rounding else { return };
    let (Some(level), Some(rounding)) = (&rule.level, Rounding::new(rule.digits.value)) else { return };
    let rounded = |head: &Head| match level.value {
        RoundedLevel::EachLeaf => head.children.is_empty(),
        RoundedLevel::Area => head.is_top(),
        RoundedLevel::Index => false,
    };
    for built in built.iter().filter(|built| rounded(&built.head) && applies(&built.head) && built.notes.stated) {
        let head = &built.head;
        let most = Both::new("điểm tối đa", "the maximum");
        let least = Both::new("điểm thấp nhất", "the least");
        let moved = [(most, &head.maximum), (least, &head.floor)];
        let Some((what, points)) = moved.into_iter().find(|(_, points)| rounding.apply_points(points) != **points)
        else {
            continue;
        };
        let needed = (0..=Rounding::MOST_DIGITS).find(|digits| points.round(*digits) == *points);
        let digits = needed.unwrap_or(Rounding::MOST_DIGITS);
        let problem = Budget::PointsBeyondRounding {
            code: head.code.clone(),
            what,
            points: points.clone(),
            rounded: rounding.apply_points(points),
            digits: usize::try_from(digits).unwrap_or(usize::MAX),
        };
        let finding = Diagnostic::new(problem, built.notes.points);
        findings.push(finding.label(rule.digits.span, "làm tròn ở đây", "rounded here"));
    }
}

/// Whether a head is part of the scale of the block that it is built for.
fn applies(head: &Head) -> bool {
    !head.aside.as_ref().is_some_and(|aside| aside.only)
}

fn children<'a>(head: &Head, built: &'a [Built]) -> Vec<&'a Built> {
    let children = head.children.iter().filter_map(|&HeadId(at)| built.get(at));
    children.filter(|child| applies(&child.head)).collect()
}

fn listed(children: &[&Built]) -> Vec<(String, Points)> {
    children.iter().map(|child| (child.head.code.clone(), child.head.maximum.clone())).collect()
}

/// Weights that nothing reads.
fn unweighted(children: &[&Built], findings: &mut Vec<Diagnostic>) {
    for child in children.iter().filter(|child| child.head.weight.is_some()) {
        let problem = Structure::WeightUnused { code: child.head.code.clone() };
        findings.push(Diagnostic::new(problem, child.notes.points));
    }
}

fn parts(parent: &Built, children: &[&Built], findings: &mut Vec<Diagnostic>) {
    unweighted(children, findings);
    // In a frame a part may leave its points out; the sum is then unknown.
    if children.iter().any(|child| !child.notes.stated) || !parent.notes.stated {
        return;
    }
    let sum: Points = children.iter().map(|child| child.head.maximum.clone()).sum();
    let stated = parent.head.maximum.clone();
    // Of a head that is copied in part, only too many points are a mistake.
    let partial = !parent.head.extracts.is_empty();
    if sum == stated || partial && sum < stated {
        return;
    }
    let over = sum.clone() - stated.clone();
    let hint = hint(&listed(children), &over);
    let difference = absolute(&over);
    let problem = Budget::PartsDoNotAddUp { code: parent.head.code.clone(), sum, stated, difference, hint };
    findings.push(addends(Diagnostic::new(problem, parent.notes.points), children));
}

/// Shows what was added, where that is not too much to see.
fn addends(finding: Diagnostic, parts: &[&Built]) -> Diagnostic {
    parts.iter().take(12).fold(finding, |finding, part| {
        let points = &part.head.maximum;
        finding.label(part.notes.points, points.say(Language::Vietnamese), points.say(Language::English))
    })
}

fn absolute(points: &Points) -> Points {
    if points.is_negative() { -points.clone() } else { points.clone() }
}

/// One part that would close the sum with its mark in another place: 10,05 for 10,5.
fn hint(parts: &[(String, Points)], over: &Points) -> Both {
    let digits = |points: &Points| -> String {
        points.exact(DecimalMark::Point).chars().filter(|&character| character != '.' && character != '0').collect()
    };
    let likely = parts.iter().find_map(|(code, points)| {
        let wanted = points.clone() - over.clone();
        let plausible = !wanted.is_zero() && !wanted.is_negative() && digits(points) == digits(&wanted);
        plausible.then_some((code, points, wanted))
    });
    match likely {
        Some((code, points, wanted)) => {
            let (vietnamese, english) = (Language::Vietnamese, Language::English);
            Both::new(
                format!("`{code}` ghi {}: có phải {}?", points.say(vietnamese), wanted.say(vietnamese)),
                format!("`{code}` reads {}: {}?", points.say(english), wanted.say(english)),
            )
        }
        // Parts that fall short may be all that was copied.
        None if over.is_negative() => Both::new(
            "sửa điểm của một mục cho tổng khớp; nếu chỉ chép một phần, thêm `trích: \"…\"` dưới mục này",
            "mend the points of one head so that the sum closes; if only a part was copied, add `extract: \"…\"` under this head",
        ),
        None => Both::new("sửa điểm của một mục cho tổng khớp", "mend the points of one head so that the sum closes"),
    }
}

fn weights(parent: Both, span: Span, children: &[&Built], findings: &mut Vec<Diagnostic>) {
    let mut missing = false;
    for child in children.iter().filter(|child| child.head.weight.is_none()) {
        missing = true;
        let problem = Structure::WeightMissing { code: child.head.code.clone() };
        findings.push(Diagnostic::new(problem, child.notes.points));
    }
    let sum: Ratio = children.iter().filter_map(|child| child.head.weight.clone()).sum();
    if !missing && sum != Ratio::ONE {
        let sum = Both::new(sum.percent(DecimalMark::Comma), sum.percent(DecimalMark::Point));
        findings.push(Diagnostic::new(Budget::WeightsDoNotAddUp { parent, sum }, span));
    }
}

fn scale(
    (header, block): (&Header<'_>, Option<&str>),
    aggregation: Aggregation,
    roots: &[&Built],
    built: &[Built],
    findings: &mut Vec<Diagnostic>,
) {
    let (Some((scale, line)), Some(ScaleOf { points: stated, own })) = (header.scale, header.scale_of(block)) else {
        return;
    };
    let total = Points::new(stated.value.clone());
    if !total.ratio().is_positive() {
        findings
            .push(Diagnostic::new(Structure::NotPositive { what: Both::new("thang điểm", "the scale") }, stated.span));
        return;
    }
    // A block of which no head is has nothing of its scale; a set without heads was told.
    let nothing = block.is_some() && roots.is_empty() && built.iter().any(|built| built.head.is_top());
    let known = (nothing || !roots.is_empty()) && roots.iter().all(|root| root.notes.stated);
    let sum: Points = roots.iter().map(|root| root.head.maximum.clone()).sum();
    if (aggregation == Aggregation::Sum || nothing) && known {
        if header.extracts.is_empty() {
            if sum != total {
                let over = sum.clone() - total.clone();
                let hint = hint(&listed(roots), &over);
                let difference = absolute(&over);
                let tops = || built.iter().find(|built| built.head.is_top());
                let level = roots.first().copied().or_else(tops).map_or(Level::Area, |root| root.head.level);
                let problem = Budget::ScaleMismatch {
                    level: super::counts::words(level),
                    sum,
                    stated: total.clone(),
                    difference,
                    hint,
                };
                findings.push(addends(Diagnostic::new(problem, stated.span), roots));
            }
        } else if sum > total {
            findings.push(Diagnostic::new(Budget::ExtractAboveScale { sum, stated: total.clone() }, stated.span));
        }
    }
    // The shares are those of the whole; of a block with a scale of its own one of them changes, hardly both.
    let survey = surveyed((aggregation, total.ratio()), roots, built).map(Points::new);
    match block.filter(|_| own) {
        None => shares(header, scale, (&total, survey), line, built, findings),
        Some(block) => block_shares(header, scale, (block, &total, stated.span), (built, survey), findings),
    }
}

/// The points of a whole that survey leaves decide: by weight where its parts have one. Nothing where that cannot be told,
/// since the weakest of parts of both kinds decides.
fn surveyed((aggregation, whole): (Aggregation, &Ratio), parts: &[&Built], built: &[Built]) -> Option<Ratio> {
    let of_part = |part: &&Built| {
        let head = &part.head;
        match (head.children.is_empty(), head.method) {
            (true, Method::Survey) => Some(head.maximum.ratio().clone()),
            (true, _) => Some(Ratio::ZERO),
            (false, _) => surveyed((head.aggregation, head.maximum.ratio()), &children(head, built), built),
        }
    };
    let share = |part: &&Built| of_part(part)?.checked_div(part.head.maximum.ratio());
    match aggregation {
        Aggregation::Sum => parts.iter().map(of_part).sum(),
        Aggregation::WeightedMean => {
            let weighed = |part: &&Built| Some(&(&share(part)? * part.head.weight.as_ref()?) * whole);
            parts.iter().map(weighed).sum()
        }
        Aggregation::Weakest => {
            let shares = parts.iter().map(share).collect::<Option<Vec<Ratio>>>()?;
            let first = shares.first().cloned().unwrap_or(Ratio::ZERO);
            let one_kind = first.is_zero() || first == Ratio::ONE;
            (one_kind && shares.iter().all(|share| *share == first)).then(|| whole * &first)
        }
    }
}

fn block_shares(
    header: &Header<'_>,
    scale: &crate::language::tree::Scale,
    (block, total, span): (&str, &Points, Span),
    (built, own_survey): (&[Built], Option<Points>),
    findings: &mut Vec<Diagnostic>,
) {
    let points = |number: &Option<crate::language::tree::Number>| {
        number.as_ref().map(|points| Points::new(points.value.clone()))
    };
    let (survey, appraised) = (points(&scale.survey), points(&scale.appraised));
    let whole = Points::new(scale.total.value.clone());
    // Of the two either may be left out: it is the rest.
    let rest = |part: &Option<Points>| part.clone().map(|part| whole.clone() - part);
    let (Some(survey), Some(appraised)) = (survey.clone().or(rest(&appraised)), appraised.clone().or(rest(&survey)))
    else {
        return;
    };
    let partly = !header.extracts.is_empty() || built.iter().any(|built| !built.head.extracts.is_empty());
    if header.frame.is_some() || partly {
        return;
    }
    let Some(own_survey) = own_survey else { return };
    let own_appraised = total.clone() - own_survey.clone();
    if own_survey != survey && own_appraised != appraised {
        let (block, survey, appraised) = (block.to_owned(), own_survey, own_appraised);
        findings.push(Diagnostic::new(Blocks::Shares { block, appraised, survey }, span));
    }
}

fn shares(
    header: &Header<'_>,
    scale: &crate::language::tree::Scale,
    (total, surveyed): (&Points, Option<Points>),
    line: Span,
    built: &[Built],
    findings: &mut Vec<Diagnostic>,
) {
    let survey = scale.survey.as_ref().map(|points| Points::new(points.value.clone()));
    let appraised = scale.appraised.as_ref().map(|points| Points::new(points.value.clone()));
    if let (Some(survey), Some(appraised)) = (&survey, &appraised) {
        let sum = survey.clone() + appraised.clone();
        if sum != *total {
            findings.push(Diagnostic::new(Budget::SharesDoNotAddUp { sum, stated: total.clone() }, line));
            return;
        }
    }
    // Where the appraised share alone is stated, the rest of the scale is the survey's.
    let survey = survey.or_else(|| appraised.map(|appraised| total.clone() - appraised));
    let (Some(stated), Some(sum), true) = (survey, surveyed, header.frame.is_none()) else {
        return;
    };
    let whole = header.extracts.is_empty() && built.iter().all(|built| built.head.extracts.is_empty());
    let fits = if whole { sum == stated } else { sum <= stated };
    if !fits {
        findings.push(Diagnostic::new(Budget::SurveyShare { sum, stated }, line));
    }
}
