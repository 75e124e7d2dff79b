import { z } from 'zod';
import { scenarioJsonSchema } from '../scenario-json-schema.ts';
import { scenarioNames } from '../../src/study/scenario/vocabulary.ts';
import { asCode, madeByDocs, markdownTable, page } from './markdown.ts';
import {
  type JsonSchema,
  type SchemaRow,
  schemaRows,
  schemaType,
  valueText,
} from './schema-rows.ts';

const introduction = `A scenario is one YAML file. Only \`name\`, \`strategies\` and a rate (\`rate\`, or \`arrivals\`
with rates of its own, or \`loop\`) must be given; everything else has a default. Unknown keys are
mistakes, and all mistakes of a file are reported at once, with line and column. The same facts
stand in \`scenarios/scenario.schema.json\`, which editors read for completion.

Times have the units \`ms\`, \`s\`, \`m\`, \`h\`; rates \`/s\`, \`/m\`, \`/h\`. Sizes are in powers of 1000
(\`kB\`, \`MB\`, \`GB\`, \`TB\`) or of 1024 (\`KiB\`, \`MiB\`, \`GiB\`, \`TiB\`). In the column "may be", a
question mark follows a key that can be left out; "required" holds within the map that has the key. What each part is for is told in
[Describing a workload](../scenarios.md).`;

/** Every part of a scenario, from the schema that editors use. */
export function scenarioPage(): string {
  const schema = inputSchema.parse(scenarioJsonSchema(scenarioNames()));
  const parts = Object.entries(schema.properties ?? {});
  const plain = parts.filter(([name, part]) => schemaRows(part, name).length === 0);
  const deep = parts.filter(([name, part]) => schemaRows(part, name).length > 0);
  const required = schema.required ?? [];
  const rowOf = (name: string, part: JsonSchema): SchemaRow => ({
    path: name,
    schema: part,
    required: required.includes(name),
    source: '',
  });
  return page([
    '# Scenario format',
    madeByDocs,
    introduction,
    '## Single values',
    tableOf(plain.map(([name, part]) => rowOf(name, part))),
    ...deep.flatMap(([name, part]) => [
      `## ${name}`,
      tableOf([rowOf(name, part), ...schemaRows(part, name)]),
    ]),
  ]);
}

const inputSchema = z.custom<JsonSchema>((value) => typeof value === 'object' && value !== null);

function tableOf(rows: readonly SchemaRow[]): string {
  return markdownTable(
    ['key', 'may be', 'default', 'meaning'],
    rows.map(({ path, schema, required }) => [
      asCode(path),
      schemaType(schema),
      schema.default === undefined
        ? required
          ? 'required'
          : ''
        : asCode(valueText(schema.default)),
      schema.description ?? '',
    ]),
  );
}
