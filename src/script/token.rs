//! The first list: which of Rhai's tokens a script may use at all.

use rhai::{Engine, Token};
use rust_decimal::Decimal;

use super::library::Function;
use super::place::Places;
use super::{Construct, Problem, ProblemKind, Slip, composed};

/// What the tokens of a script tell.
pub(super) struct Tokens {
    pub(super) problems: Vec<Problem>,
    /// A text with code in it: the tokens after it cannot be told, and Rhai's parser is not to see it.
    pub(super) interpolated: bool,
}

/// Refuses every token that is not on the list.
pub(super) fn check(engine: &Engine, source: &str, places: &Places<'_>) -> Tokens {
    let inputs = [source];
    let mut problems: Vec<Problem> = Vec::new();
    let mut last_line = None;
    for (token, position) in engine.lex(&inputs).0 {
        let mut range = places.token(position);
        let what = match &token {
            Token::EOF => break,
            Token::DecimalConstant(_) => {
                range = places.number(position);
                (!plain(places.text(&range))).then_some(Construct::NumberForm)
            }
            Token::Comma => {
                let digit = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
                let inside = digit(places.before(range.start)) && digit(places.at(range.end));
                inside.then_some(Construct::CommaInNumber)
            }
            Token::StringConstant(_) if places.at(range.start) != Some('"') => Some(Construct::Interpolation),
            Token::InterpolatedString(_) => Some(Construct::Interpolation),
            token if follows(token) && !problems.is_empty() => None,
            token => refused(token),
        };
        let Some(what) = what else { continue };
        let interpolated = what == Construct::Interpolation;
        let kind = ProblemKind::NotAllowed { what };
        // `do … while`, `|x|`, `[…]`: one complaint for one construct.
        let again = problems.last().is_some_and(|last| last.kind == kind) && last_line == position.line();
        if !again {
            problems.push(Problem { kind, range });
            last_line = position.line();
        }
        if interpolated {
            return Tokens { problems, interpolated };
        }
    }
    Tokens { problems, interpolated: false }
}

/// What may have led Rhai's parser astray: a word or a sign written twice, or what is no function before a bracket.
pub(super) fn slip(engine: &Engine, source: &str, places: &Places<'_>) -> Option<Slip> {
    let inputs = [source];
    let mut before: Option<(Token, std::ops::Range<usize>)> = None;
    for (token, position) in engine.lex(&inputs).0 {
        if matches!(token, Token::EOF | Token::LexError(_)) {
            break;
        }
        let range = places.token(position);
        if let Some((last, place)) = &before {
            if *last == token && !may_repeat(&token) {
                return Some(Slip::Twice(place.start..range.end));
            }
            if let (Token::Identifier(name), Token::LeftParen) = (last, &token)
                && Function::named(name).is_none()
            {
                return Some(Slip::Called(place.start..range.end));
            }
        }
        before = Some((token, range));
    }
    None
}

/// Tokens that may well stand twice in a row.
fn may_repeat(token: &Token) -> bool {
    matches!(
        token,
        Token::LeftParen
            | Token::RightParen
            | Token::LeftBrace
            | Token::RightBrace
            | Token::SemiColon
            | Token::Minus
            | Token::UnaryMinus
            | Token::Plus
            | Token::UnaryPlus
            | Token::Bang
    )
}

/// What a script says whatever its layout: its tokens, a space between each two, without comments. Nothing where one of them
/// is not on the list.
pub fn plain_text(source: &str) -> Option<String> {
    let places = Places::new(source);
    if places.over_size().is_some() {
        return None;
    }
    let engine = Engine::new_raw();
    let inputs = [source];
    let mut said = String::new();
    for (token, position) in engine.lex(&inputs).0 {
        let written = match &token {
            Token::EOF => break,
            Token::Comment(_) => continue,
            Token::LexError(_) | Token::InterpolatedString(_) | Token::CharConstant(_) => return None,
            Token::StringConstant(text) => format!("{:?}", composed(text)),
            // A sign may stand apart from its number, or right before it.
            Token::IntegerConstant(_) | Token::DecimalConstant(_) => {
                let number = places.text(&places.number(position));
                number.strip_prefix('-').map_or_else(|| number.to_owned(), |digits| format!("- {digits}"))
            }
            Token::Comma => String::from(","),
            // A figure may be called by it.
            Token::Reserved(word) => word.to_string(),
            token if refused(token).is_some() => return None,
            _ => places.text(&places.token(position)).to_owned(),
        };
        if !said.is_empty() {
            said.push(' ');
        }
        said.push_str(&composed(&written));
    }
    Some(said)
}

/// Digits, perhaps a point and digits, and no more of them than a decimal holds exactly.
fn plain(text: &str) -> bool {
    let unsigned = text.strip_prefix('-').unwrap_or(text);
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
    let formed = match unsigned.split_once('.') {
        Some((whole, fraction)) => digits(whole) && digits(fraction),
        None => digits(unsigned),
    };
    formed && Decimal::from_str_exact(unsigned).is_ok()
}

/// Tokens that only come with another one that was refused before them.
fn follows(token: &Token) -> bool {
    matches!(
        token,
        Token::Until
            | Token::In
            | Token::Break
            | Token::Continue
            | Token::Catch
            | Token::Colon
            | Token::DoubleArrow
            | Token::Underscore
    )
}

/// What a token begins that is not on the list; what Rhai itself cannot read, it will say.
fn refused(token: &Token) -> Option<Construct> {
    Some(match token {
        Token::LexError(_)
        | Token::Identifier(_)
        | Token::StringConstant(_)
        | Token::CharConstant(_)
        | Token::Unit
        | Token::LeftBrace
        | Token::RightBrace
        | Token::LeftParen
        | Token::RightParen
        | Token::Plus
        | Token::UnaryPlus
        | Token::Minus
        | Token::UnaryMinus
        | Token::Multiply
        | Token::Divide
        | Token::SemiColon
        | Token::Equals
        | Token::PlusAssign
        | Token::MinusAssign
        | Token::MultiplyAssign
        | Token::DivideAssign
        | Token::True
        | Token::False
        | Token::Let
        | Token::If
        | Token::Else
        | Token::LessThan
        | Token::GreaterThan
        | Token::LessThanEqualsTo
        | Token::GreaterThanEqualsTo
        | Token::EqualsTo
        | Token::NotEqualsTo
        | Token::Bang
        | Token::And
        | Token::Or => return None,
        Token::While | Token::Loop | Token::For | Token::Do | Token::Until | Token::Break | Token::Continue => {
            Construct::Loop
        }
        Token::Switch => Construct::Switch,
        Token::Pipe => Construct::Closure,
        Token::LeftBracket | Token::RightBracket => Construct::List,
        Token::MapStart => Construct::Map,
        Token::Try | Token::Catch => Construct::TryCatch,
        Token::Throw => Construct::Throw,
        Token::Return => Construct::Return,
        Token::Const => Construct::Const,
        Token::PowerOf | Token::PowerOfAssign => Construct::Power,
        Token::Modulo | Token::ModuloAssign => Construct::Remainder,
        Token::Ampersand
        | Token::XOr
        | Token::LeftShift
        | Token::RightShift
        | Token::AndAssign
        | Token::OrAssign
        | Token::XOrAssign
        | Token::LeftShiftAssign
        | Token::RightShiftAssign => Construct::Bits,
        Token::ExclusiveRange | Token::InclusiveRange => Construct::Range,
        Token::Period => Construct::Member,
        Token::DoubleQuestion => Construct::Coalesce,
        Token::In | Token::NotIn => Construct::Membership,
        Token::Reserved(word) => match word.as_str() {
            "[" | "]" | "?[" => Construct::List,
            "#{" => Construct::Map,
            "fn" | "private" => Construct::Function,
            "?." => Construct::Member,
            other => Construct::Word(other.to_owned()),
        },
        other => Construct::Word(other.to_string()),
    })
}
