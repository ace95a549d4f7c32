//! Codes named by statements, renamed where a head is renumbered.

use std::collections::BTreeMap;

use crate::language::tree::{Expect, Spanned, Statement, Ties};

/// Old codes and what they are from now on.
pub(super) type Renamed = BTreeMap<String, String>;

/// Writes the new codes into a statement. A statement that names heads of its own set belongs here.
pub(super) fn rename(statement: &mut Statement, renamed: &Renamed) {
    let change = |code: &mut Spanned<String>| {
        if let Some(new) = renamed.get(&code.value) {
            code.value.clone_from(new);
        }
    };
    match statement {
        Statement::Head(head) => change(&mut head.code),
        Statement::Under(code) | Statement::Expect(Expect::Head(code, _)) => change(code),
        Statement::Lock(target) => change(&mut target.code),
        Statement::Open(open) => change(&mut open.target.code),
        Statement::Given(given) => change(&mut given.code),
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
