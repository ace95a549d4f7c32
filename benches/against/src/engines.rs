//! The same leaves in engines that a user would pick instead: each compiled once, its figures laid out beforehand.

use rust_decimal::Decimal;
use serde_json::{Map, Value as Json, json};

use crate::sheet::{Sheet, Value, expressions};

fn ternary(test: &str, yes: &str, no: &str) -> String {
    format!("({test}) ? ({yes}) : ({no})")
}

/// Figures as JSON numbers and booleans.
fn json_figures(sheet: &Sheet) -> Json {
    let entry = |(name, value): (String, Value)| {
        let value = match value {
            Value::Count(count) => json!(count),
            Value::Hundredths(n) => json!(n as f64 / 100.0),
            Value::YesNo(answer) => json!(answer),
        };
        (name, value)
    };
    Json::Object(sheet.figures().into_iter().map(entry).collect::<Map<_, _>>())
}

fn float(points: f64) -> i64 {
    (points * 10_000.0).round() as i64
}

/// zen-expression: ninety compiled expressions, one machine, one scope.
pub mod zen {
    use zen_expression::expression::Standard;
    use zen_expression::vm::VM;
    use zen_expression::{Expression, Scope, Variable, compile_expression};

    use super::{Decimal, Sheet, expressions, json_figures, ternary};

    /// Compiled, with its figures.
    pub struct Zen {
        leaves: Vec<Expression<Standard>>,
        scope: Scope,
        vm: VM,
    }

    impl Zen {
        /// # Errors
        /// What does not compile.
        pub fn new(sheet: &Sheet) -> Result<Self, String> {
            let texts = expressions(str::to_owned, ternary);
            let leaves = texts.iter().map(|text| compile_expression(text).map_err(|error| error.to_string()));
            let scope = Scope::new(Variable::from(json_figures(sheet)));
            Ok(Self { leaves: leaves.collect::<Result<_, _>>()?, scope, vm: VM::new() })
        }

        /// Scores every leaf.
        pub fn run(&mut self, into: &mut Vec<Decimal>) {
            into.clear();
            for leaf in &self.leaves {
                let value = leaf.evaluate_with_scope(&self.scope, &mut self.vm);
                into.push(value.ok().and_then(|value| value.as_number()).unwrap_or(Decimal::MIN));
            }
        }

        /// The answers.
        pub fn answers(&mut self) -> Vec<i64> {
            let mut points = Vec::new();
            self.run(&mut points);
            points.into_iter().map(crate::by_hand::rounded).collect()
        }
    }
}

/// Rhai with decimals: ninety syntax trees, one scope, used again and again.
pub mod rhai_all {
    use rhai::{AST, Engine, Scope};

    use super::{Decimal, Sheet, Value, expressions};

    /// Compiled, with its figures.
    pub struct Rhai {
        engine: Engine,
        leaves: Vec<AST>,
        scope: Scope<'static>,
    }

    impl Rhai {
        /// # Errors
        /// What does not compile.
        pub fn new(sheet: &Sheet) -> Result<Self, String> {
            let engine = Engine::new();
            let mut scope = Scope::new();
            for (name, value) in sheet.figures() {
                match value {
                    Value::Count(count) => scope.push_constant(name, Decimal::from(count)),
                    Value::Hundredths(n) => scope.push_constant(name, Decimal::new(n, 2)),
                    Value::YesNo(answer) => scope.push_constant(name, answer),
                };
            }
            let decimal = |text: &str| if text.contains('.') { text.to_owned() } else { format!("{text}.0") };
            let choose = |test: &str, yes: &str, no: &str| format!("if {test} {{ {yes} }} else {{ {no} }}");
            let texts = expressions(decimal, choose);
            let leaves = texts.iter().map(|text| engine.compile(text).map_err(|error| error.to_string()));
            Ok(Self { leaves: leaves.collect::<Result<_, _>>()?, engine, scope })
        }

        /// Scores every leaf.
        pub fn run(&mut self, into: &mut Vec<Decimal>) {
            into.clear();
            for leaf in &self.leaves {
                let value = self.engine.eval_ast_with_scope::<Decimal>(&mut self.scope, leaf);
                into.push(value.unwrap_or(Decimal::MIN));
            }
        }

        /// The answers.
        pub fn answers(&mut self) -> Vec<i64> {
            let mut points = Vec::new();
            self.run(&mut points);
            points.into_iter().map(crate::by_hand::rounded).collect()
        }
    }
}

/// CEL: ninety programs, one context; its numbers are binary floats.
pub mod common {
    use cel::{Context, Program, Value as Cel};

    use super::{Sheet, Value, expressions, float, ternary};

    /// Compiled, with its figures.
    pub struct Common {
        leaves: Vec<Program>,
        context: Context<'static, 'static>,
    }

    impl Common {
        /// # Errors
        /// What does not compile.
        pub fn new(sheet: &Sheet) -> Result<Self, String> {
            let mut context = Context::default();
            for (name, value) in sheet.figures() {
                match value {
                    Value::Count(count) => context.add_variable_from_value(name, count as f64),
                    Value::Hundredths(n) => context.add_variable_from_value(name, n as f64 / 100.0),
                    Value::YesNo(answer) => context.add_variable_from_value(name, answer),
                }
            }
            let decimal = |text: &str| if text.contains('.') { text.to_owned() } else { format!("{text}.0") };
            let texts = expressions(decimal, ternary);
            let leaves = texts.iter().map(|text| Program::compile(text).map_err(|error| error.to_string()));
            Ok(Self { leaves: leaves.collect::<Result<_, _>>()?, context })
        }

        /// Scores every leaf.
        pub fn run(&mut self, into: &mut Vec<f64>) {
            into.clear();
            for leaf in &self.leaves {
                into.push(match leaf.execute(&self.context) {
                    Ok(Cel::Float(points)) => points,
                    _ => f64::NAN,
                });
            }
        }

        /// The answers.
        pub fn answers(&mut self) -> Vec<i64> {
            let mut points = Vec::new();
            self.run(&mut points);
            points.into_iter().map(float).collect()
        }
    }
}

/// Rego in regorus: one policy of ninety rules, compiled to its bytecode.
pub mod rego {
    use std::sync::Arc;

    use regorus::languages::rego::compiler::Compiler;
    use regorus::rvm::vm::RegoVM;
    use regorus::{Engine, Value as Rego};

    use super::{Sheet, float, json_figures};
    use crate::sheet::{CHECKLISTS, FLOORS, FORMULAS, MEANS, TIERS};

    /// Compiled, with its figures.
    pub struct Policy {
        vm: RegoVM,
        input: Rego,
    }

    fn policy() -> String {
        let mut rules = Vec::new();
        let mut names = Vec::new();
        for at in 0..TIERS {
            names.push(format!("t{at}"));
            let rate = format!("input.t{at}_b / input.t{at}_a");
            rules.push(format!("t{at} := 0.5 if {{ {rate} >= 0.3 }} else := 0.25 if {{ {rate} >= 0.2 }} else := 0"));
        }
        for at in 0..FLOORS {
            names.push(format!("l{at}"));
            let rate = format!("input.l{at}_b / input.l{at}_a");
            rules.push(format!(
                "l{at} := 1.5 if {{ {rate} >= 1 }} else := 1.5 * input.l{at}_b / input.l{at}_a if {{ {rate} >= 0.8 }} else := 0"
            ));
        }
        for at in 0..CHECKLISTS {
            names.push(format!("k{at}"));
            for line in 0..4 {
                rules.push(format!("k{at}_{line} := 0.25 if {{ input.k{at}_{line} }} else := 0"));
            }
            rules.push(format!("k{at} := k{at}_0 + k{at}_1 + k{at}_2 + k{at}_3"));
        }
        for at in 0..MEANS {
            names.push(format!("m{at}"));
            rules.push(format!("m{at} := 2 * input.m{at} / 100"));
        }
        for at in 0..FORMULAS {
            names.push(format!("f{at}"));
            let value = format!("1.5 * (input.f{at}_b + input.f{at}_c) / input.f{at}_a");
            rules.push(format!("f{at} := 1.5 if {{ {value} > 1.5 }} else := {value}"));
        }
        format!("package bench\nimport rego.v1\n{}\nall := [{}]\n", rules.join("\n"), names.join(", "))
    }

    impl Policy {
        /// # Errors
        /// What does not compile.
        pub fn new(sheet: &Sheet) -> Result<Self, String> {
            let mut engine = Engine::new();
            engine.add_policy("bench.rego".to_owned(), policy()).map_err(|error| error.to_string())?;
            let entry: Arc<str> = "data.bench.all".into();
            let compiled = engine.compile_with_entrypoint(&entry).map_err(|error| error.to_string())?;
            let program = Compiler::compile_from_policy(&compiled, &[&entry]).map_err(|error| error.to_string())?;
            let mut vm = RegoVM::new_with_policy(compiled);
            vm.load_program(program);
            Ok(Self { vm, input: Rego::from(json_figures(sheet)) })
        }

        /// Scores every leaf.
        ///
        /// # Errors
        /// What the engine says.
        pub fn run(&mut self) -> Result<Rego, String> {
            self.vm.set_input(self.input.clone());
            self.vm.execute().map_err(|error| error.to_string())
        }

        /// The answers.
        ///
        /// # Errors
        /// What the engine says.
        pub fn answers(&mut self) -> Result<Vec<i64>, String> {
            let points = self.run()?;
            let list = points.as_array().map_err(|error| error.to_string())?;
            Ok(list.iter().map(|points| points.as_f64().map_or(i64::MIN, float)).collect())
        }
    }
}
