//! Codes named by statements, renamed where a head is renumbered.

use std::borrow::Cow;
use std::collections::BTreeMap;

use super::super::lower::substitute;
use crate::diagnostic::Span;
use crate::language::tree::{
    Derived, ExampleValue, Expect, Expression, ExpressionKind, GivenStated, Spanned, Statement, Ties, ValueName,
};

/// Old codes and what they are from now on.
pub(super) type Renamed = BTreeMap<String, String>;

/// Writes the new codes into a statement. A statement that names heads of its own set belongs here.
pub(super) fn rename(statement: &mut Statement, renamed: &Renamed) {
    let change = |code: &mut Spanned<String>| {
        if let Some(new) = renamed.get(&code.value) {
            code.value.clone_from(new);
        }
    };
    let meanings = meanings(renamed);
    let with = meanings.iter().map(|(key, to)| (key.as_str(), to)).collect();
    if let Cow::Owned(other) = substitute::statement(statement, &with) {
        *statement = other;
    }
    match statement {
        Statement::Head(head) => change(&mut head.code),
        Statement::Under(code) | Statement::Expect(Expect::Head(code, _)) => change(code),
        Statement::Lock(target) => change(&mut target.code),
        Statement::Open(open) => change(&mut open.target.code),
        Statement::Given(given) => {
            change(&mut given.code);
            if let GivenStated::Figures(values) = &mut given.stated {
                values.iter_mut().filter_map(far).for_each(change);
            }
        }
        Statement::Example(example) => example.values.iter_mut().filter_map(far).for_each(change),
        Statement::Gate(gate) => change(&mut gate.of),
        Statement::GradeCeiling(ceiling) => change(&mut ceiling.head.code),
        Statement::Ranking(ranking) => {
            if let Ties::Broken(preferred) = &mut ranking.ties {
                for head in preferred {
                    change(&mut head.code);
                }
            }
        }
        _ => {}
    }
}

/// The code in the name of a figure of another leaf.
fn far((name, _): &mut (Spanned<ValueName>, Spanned<ExampleValue>)) -> Option<&mut Spanned<String>> {
    match &mut name.value {
        ValueName::Derived(Derived::Far { code, .. }) => Some(code),
        _ => None,
    }
}

/// What expressions put in place of a head that they read.
fn meanings(renamed: &Renamed) -> BTreeMap<String, Expression> {
    let named = |(old, new): (&String, &String)| {
        let kind = ExpressionKind::Name(new.clone());
        (format!("in {old}"), Expression { kind, span: Span::default() })
    };
    renamed.iter().map(named).collect()
}
