//! Shapes of component schemas: unions, inheritance, chains of references, colliding names, large
//! numbers.

use serde_json::{Map, Value, json};

use super::{Shape, alike, alone, base, each, layers, objects, one_of, reference, shape, single, text, used};

/// The shapes of schemas.
pub(super) const SHAPES: &[Shape] = &[
    shape("references_in_a_ring", [500, 4_000], |n| {
        alone(each("A", n, |i| reference(format!("A{}", (i + 1) % n))))
    }),
    shape("one_of", [500, 2_000], |n| {
        used(objects("V", n, |_| json!({"k": text(), "f": text()})), one_of("V", n))
    }),
    shape("one_of_required", [500, 2_000], |n| {
        let variant = |i: usize| {
            let key = format!("f{i}");
            json!({"type": "object", "required": [key], "properties": {key: text()}})
        };
        used(each("V", n, variant), one_of("V", n))
    }),
    shape("one_of_constants", [500, 2_000], |n| {
        used(objects("V", n, |i| json!({"k": {"type": "string", "enum": [format!("c{i}")]}})), one_of("V", n))
    }),
    shape("one_of_inline", [500, 2_000], |n| {
        let variants: Vec<Value> =
            (0..n).map(|i| json!({"type": "object", "properties": {format!("f{i}"): text()}})).collect();
        used(Map::new(), json!({"oneOf": variants}))
    }),
    shape("one_of_same", [5, 20], |n| {
        used(layers(n, 1, |below| (0..6).map(|_| below(0)).collect()), reference(format!("N{}_0", n - 1)))
    }),
    shape("one_of_all_to_all", [5, 20], |n| {
        used(layers(n, 8, |below| (0..8).map(below).collect()), reference(format!("N{}_0", n - 1)))
    }),
    shape("one_of_circle", [10, 40], |n| {
        let all: Vec<Value> = (0..n).map(|i| reference(format!("N{i}"))).collect();
        used(each("N", n, |_| json!({"oneOf": all})), reference("N0"))
    }),
    shape("discriminator", [500, 2_000], |n| {
        let mut union = one_of("V", n);
        union["discriminator"] = json!({"propertyName": "k"});
        used(objects("V", n, |_| json!({"k": text()})), union)
    }),
    shape("heirs", [500, 2_000], |n| {
        let heir = |i: usize| json!({"allOf": [reference("B"), {"type": "object", "properties": {format!("a{i}"): text()}}]});
        let mut schemas = each("H", n, heir);
        schemas.insert("B".to_owned(), base());
        used(schemas, reference("B"))
    }),
    shape("heirs_chain", [25, 200], |n| {
        let heir = |i: usize| match i {
            0 => base(),
            _ => json!({"allOf": [reference(format!("H{}", i - 1))], "discriminator": {"propertyName": "t"}}),
        };
        used(each("H", n, heir), reference("H0"))
    }),
    shape("all_of_chain", [30, 500], |n| {
        let link = |i: usize| {
            let properties = json!({format!("p{i}"): text()});
            if i == 0 {
                return json!({"type": "object", "properties": properties});
            }
            json!({"allOf": [reference(format!("L{}", i - 1)), {"type": "object", "properties": properties}]})
        };
        alone(each("L", n, link))
    }),
    shape("all_of_wide_base", [20, 200], |n| {
        let mut schemas = each("H", n, |_| json!({"allOf": [reference("B")], "description": "d"}));
        let properties: Map<String, Value> = (0..n).map(|i| (format!("p{i}"), text())).collect();
        schemas.insert("B".to_owned(), json!({"type": "object", "properties": properties}));
        alone(schemas)
    }),
    shape("all_of_diamonds", [10, 60], |n| {
        let link = |i: usize| match i {
            0 => json!({"type": "object", "properties": {"a": text()}}),
            _ => json!({"allOf": [reference(format!("L{}", i - 1)), reference(format!("L{}", i - 1))]}),
        };
        alone(each("L", n, link))
    }),
    shape("all_of_unions", [50, 400], |n| {
        let union = |i: usize| {
            json!({"oneOf": [
                {"type": "object", "required": [format!("a{i}")], "properties": {format!("a{i}"): text()}},
                {"type": "object", "required": [format!("b{i}")], "properties": {format!("b{i}"): text()}},
            ]})
        };
        let parts: Vec<Value> = (0..n).map(|i| reference(format!("U{i}"))).collect();
        used(each("U", n, union), json!({"allOf": parts}))
    }),
    shape("reference_chain", [1_000, 4_000], |n| {
        let link = |i: usize| {
            if i == 0 {
                json!({"type": "object", "properties": {"a": text()}})
            } else {
                reference(format!("L{}", i - 1))
            }
        };
        used(each("L", n, link), reference(format!("L{}", n - 1)))
    }),
    shape("list_chain", [500, 2_000], |n| {
        let link = |i: usize| {
            if i == 0 { text() } else { json!({"type": "array", "items": reference(format!("L{}", i - 1))}) }
        };
        used(each("L", n, link), reference(format!("L{}", n - 1)))
    }),
    shape("object_chain", [500, 2_000], |n| {
        let link = |i: usize| match i {
            0 => text(),
            _ => {
                json!({"type": "object", "required": ["n"], "properties": {"n": reference(format!("L{}", i - 1))}})
            }
        };
        used(each("L", n, link), reference(format!("L{}", n - 1)))
    }),
    shape("colliding_schemas", [1_000, 4_000], |n| {
        alone((0..n).map(|i| (alike(i), json!({"type": "object", "properties": {"a": text()}}))).collect())
    }),
    shape("colliding_properties", [2_500, 10_000], |n| {
        let properties: Map<String, Value> = (0..n).map(|i| (alike(i), text())).collect();
        alone(single(json!({"type": "object", "properties": properties})))
    }),
    shape("colliding_values", [5_000, 20_000], |n| {
        let values: Vec<String> = (0..n).map(alike).collect();
        alone(single(json!({"type": "string", "enum": values})))
    }),
    shape("values", [25_000, 100_000], |n| {
        let values: Vec<String> = (0..n).map(|i| format!("v{i}")).collect();
        alone(single(json!({"type": "string", "enum": values})))
    }),
    shape("properties", [25_000, 100_000], |n| {
        let properties: Map<String, Value> = (0..n).map(|i| (format!("p{i}"), text())).collect();
        alone(single(json!({"type": "object", "properties": properties})))
    }),
    shape("schemas", [500, 2_000], |n| alone(objects("S", n, |_| json!({"a": text()})))),
    shape("one_of_nested", [5, 20], |n| {
        let layer = |i: usize| match i {
            0 => json!({"type": "object", "required": ["a"], "properties": {"a": text()}}),
            _ => {
                let below = || reference(format!("N{}", i - 1));
                let variant = |j: usize| {
                    let key = format!("x{i}_{j}");
                    json!({"type": "object", "required": [key], "properties": {key: below()}})
                };
                json!({"oneOf": std::iter::once(below()).chain((0..7).map(variant)).collect::<Vec<_>>()})
            }
        };
        used(each("N", n, layer), reference(format!("N{}", n - 1)))
    }),
    shape("any_of_all_to_all", [5, 20], |n| {
        let all = |below: &dyn Fn(usize) -> Value| (0..8).map(below).collect();
        let schemas = layers(n, 8, all).into_iter().map(|(name, mut schema)| {
            if let Some(variants) = schema.as_object_mut().and_then(|schema| schema.remove("oneOf")) {
                schema["anyOf"] = variants;
            }
            (name, schema)
        });
        used(schemas.collect(), reference(format!("N{}_0", n - 1)))
    }),
    shape("all_of_two_bases", [8, 24], |n| {
        let mut schemas = Map::new();
        for (i, one) in (0..n).flat_map(|i| [(i, "A"), (i, "B")]) {
            let own = json!({"type": "object", "properties": {format!("{one}{i}"): text()}});
            let schema = match i {
                0 => own,
                _ => {
                    let bases = ["A", "B"].map(|base| reference(format!("{base}{}", i - 1)));
                    json!({"allOf": bases, "properties": own["properties"]})
                }
            };
            schemas.insert(format!("{one}{i}"), schema);
        }
        used(schemas, reference(format!("A{}", n - 1)))
    }),
    shape("all_of_same_property", [8, 64], |n| {
        let mut schemas = Map::new();
        for (i, one, other) in (0..n).flat_map(|i| [(i, "A", "B"), (i, "B", "A")]) {
            let below = |name: &str| reference(format!("{name}{}", i - 1));
            let property = if i == 0 { text() } else { json!({"allOf": [below(one), below(other)]}) };
            let schema = json!({"type": "object", "properties": {"x": property}});
            schemas.insert(format!("{one}{i}"), schema);
        }
        let both = [reference(format!("A{}", n - 1)), reference(format!("B{}", n - 1))];
        used(schemas, json!({"allOf": both}))
    }),
    shape("long_colliding_properties", [300, 1_200], |n| {
        let properties: Map<String, Value> =
            (0..n).map(|i| (format!("a{}", "_".repeat(i)), text())).collect();
        alone(single(json!({"type": "object", "properties": properties})))
    }),
    shape("long_colliding_values", [300, 1_200], |n| {
        let values: Vec<String> = (0..n).map(|i| format!("a{}", "-".repeat(i))).collect();
        alone(single(json!({"type": "string", "enum": values})))
    }),
    shape("numbers", [25_000, 100_000], |n| {
        alone(single(json!({"type": "integer", "enum": (0..n).collect::<Vec<_>>()})))
    }),
    shape("required_properties", [5_000, 20_000], |n| {
        let properties: Map<String, Value> = (0..n).map(|i| (format!("p{i}"), text())).collect();
        let required: Vec<String> = (0..n).map(|i| format!("p{i}")).collect();
        alone(single(json!({"type": "object", "required": required, "properties": properties})))
    }),
    shape("inline_objects", [500, 2_000], |n| {
        let inline = || json!({"type": "object", "properties": {"a": text()}});
        let properties: Map<String, Value> = (0..n).map(|i| (format!("p{i}"), inline())).collect();
        alone(single(json!({"type": "object", "properties": properties})))
    }),
    shape("aliased_schemas", [7, 12], |n| {
        let mut document = format!("{}components:\n  schemas:\n", super::YAML);
        document.push_str("    A0: &a0 {type: object, properties: {x: {type: string}}}\n");
        for i in 1..n {
            let below = i - 1;
            let properties: Vec<String> = (0..3).map(|j| format!("p{j}: *a{below}")).collect();
            let properties = properties.join(", ");
            document.push_str(&format!("    A{i}: &a{i} {{type: object, properties: {{{properties}}}}}\n"));
        }
        super::yaml_input(document)
    }),
    shape("nested_lists", [20, 100], |n| {
        let wrap = |schema, _| json!({"type": "array", "items": schema});
        alone(single((0..n / 2).fold(text(), wrap)))
    }),
    shape("nested_objects", [20, 100], |n| {
        let wrap = |schema, _| json!({"type": "object", "properties": {"a": schema}});
        alone(single((0..n / 3).fold(text(), wrap)))
    }),
    shape("nested_unions", [20, 100], |n| {
        let wrap = |schema, i| json!({"oneOf": [schema, {"type": "object", "required": [format!("a{i}")], "properties": {format!("a{i}"): text()}}]});
        alone(single((0..n / 2).fold(text(), wrap)))
    }),
];
