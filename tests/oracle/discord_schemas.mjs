// Turns the zod schemas of Discord's API into one JSON Schema document, on standard output.
import * as spec from "discord-api-spec/zod";
import * as z from "zod";

const registry = z.registry();
for (const [name, schema] of Object.entries(spec)) {
  if (schema?._zod) registry.add(schema, { id: name.replace(/Schema$/, "") });
}
const { schemas } = z.toJSONSchema(registry, {
  unrepresentable: "any",
  uri: (id) => `#/$defs/${id}`,
  override: ({ jsonSchema }) => {
    // zod asks for "Z" behind a time; the API's own specification allows any offset.
    if (jsonSchema.format === "date-time") delete jsonSchema.pattern;
  },
});

// Parts of a whole may not forbid what the other parts bring.
const open = (part) => {
  if (part.$ref) open(schemas[part.$ref.split("/").pop()]);
  else delete part.additionalProperties;
};
const walk = (node) => {
  if (node === null || typeof node !== "object") return;
  for (const part of node.allOf ?? []) open(part);
  Object.values(node).forEach(walk);
};
walk(schemas);
for (const schema of Object.values(schemas)) {
  delete schema.$schema;
  delete schema.$id;
}
console.log(JSON.stringify({ $defs: schemas }));
