import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { adviceDocument } from '../../src/result/advice-document.ts';
import { benchDocument } from '../../src/result/bench-document.ts';
import { capacityDocument } from '../../src/result/capacity-document.ts';
import { comparisonDocument } from '../../src/result/comparison-document.ts';
import { characteristicsDocument } from '../../src/result/characteristics-document.ts';
import { gateDocument } from '../../src/result/gate-document.ts';
import { growthDocument } from '../../src/result/growth-document.ts';
import { queriesDocument } from '../../src/result/queries-document.ts';
import { runResult } from '../../src/result/types.ts';
import { fieldTerms } from './field-terms.ts';
import { asCode, madeByDocs, markdownTable, page } from './markdown.ts';
import { type JsonSchema, type SchemaRow, schemaRows, schemaType } from './schema-rows.ts';
import { sourceComments } from './source-comments.ts';

interface DocumentPage {
  readonly file: string;
  readonly title: string;
  readonly schema: z.ZodType;
  readonly introduction: string;
}

const documents: readonly DocumentPage[] = [
  {
    file: 'result.md',
    title: 'Result format: run and simulate',
    schema: runResult,
    introduction: `\`run\` and \`simulate\` write \`result.json\`, and print it with \`--json\`. Everything that
their reports show is drawn from it alone (\`shardlab report result.json\`). A percentile that the
sample is too small for is \`null\`, never a guess: a p99 needs 1,000 samples, a p99.9 needs 10,000.
Histograms are in HdrHistogram's V2 encoding (compressed, base64, nanoseconds), so that other
programs can merge them.`,
  },
  {
    file: 'growth.md',
    title: 'Result format: grow',
    schema: growthDocument,
    introduction: `\`grow\` writes \`growth.json\`, and prints it with \`--json\`. It has one row for each strategy and
shard count.`,
  },
  {
    file: 'advice.md',
    title: 'Result format: advise',
    schema: adviceDocument,
    introduction: `\`advise\` writes \`advice.json\`, and prints it with \`--json\`. It has one row for each strategy and
number of shards, and one for the instance that there is.`,
  },
  {
    file: 'capacity.md',
    title: 'Result format: capacity',
    schema: capacityDocument,
    introduction: `\`capacity\` writes \`capacity.json\`, and prints it with \`--json\`. It has every window of
every strategy, and is kept after each of them. \`grow --from\` reads it.`,
  },
  {
    file: 'bench.md',
    title: 'Result format: bench',
    schema: benchDocument,
    introduction: '`bench` writes `bench.json`, and prints it with `--json`.',
  },
  {
    file: 'characteristics.md',
    title: 'Result format: profile',
    schema: characteristicsDocument,
    introduction: `\`profile\` writes \`characteristics.json\` into the folder beside its scenario, and prints it with
\`--json\`. Tables and columns have the names of the scenario. Values of the data are pseudonyms, other
ones in each run, unless \`--keep-values\` was given.`,
  },
  {
    file: 'comparison.md',
    title: 'Result format: compare',
    schema: comparisonDocument,
    introduction: `\`compare\` writes \`comparison.json\` into the folder of \`--out\`, and prints it with \`--json\`. a is
the side that was named first, b the last; verdicts are of b, seen from a.`,
  },
  {
    file: 'gate.md',
    title: 'Result format: gate',
    schema: gateDocument,
    introduction:
      '`gate` writes `gate.json` into the folder of `--out`, and prints it with `--json`.',
  },
  {
    file: 'queries.md',
    title: 'Result format: check-queries',
    schema: queriesDocument,
    introduction: `\`check-queries\` prints it with \`--json\`. It is a base for later checks (\`--base\`), and its Markdown,
JUnit and SARIF are drawn from it alone.`,
  },
];

const folder = join(import.meta.dirname, '..', '..', 'src', 'result');

/** One page for each document that the program writes, from the schemas that read them back. */
export async function documentPages(): Promise<readonly { path: string; content: string }[]> {
  const { names, comments } = await resultSources();
  return documents.map(({ file, title, schema, introduction }) => {
    const json = documentSchema.parse(
      z.toJSONSchema(schema, {
        target: 'draft-7',
        override: ({ zodSchema, jsonSchema }) => {
          const constant = names.get(zodSchema);
          if (constant !== undefined) jsonSchema['constant'] = constant;
        },
      }),
    );
    const shared = sharedParts(json);
    const elsewhere = new Set(shared.keys());
    const tableOf = (part: JsonSchema, source: string): string =>
      fieldTable(schemaRows(part, '', source, elsewhere), elsewhere, comments);
    const content = page([
      `# ${title}`,
      madeByDocs,
      introduction,
      tableOf(json, ''),
      ...[...shared].flatMap(([constant, part]) => [
        `## ${anchorOf(constant)}`,
        comments.get(constant) ?? 'A part that stands in several places.',
        tableOf(part, constant),
      ]),
    ]);
    return { path: `docs/reference/${file}`, content };
  });
}

const documentSchema = z.custom<JsonSchema>((value) => typeof value === 'object' && value !== null);

/** Parts with fields of their own that stand in several places: each is told once, below. */
function sharedParts(schema: JsonSchema): Map<string, JsonSchema> {
  const seen = new Map<string, JsonSchema>();
  const shared = new Map<string, JsonSchema>();
  const look = (part: JsonSchema): void => {
    const { constant, properties } = part;
    if (constant !== undefined && properties !== undefined) {
      if (seen.has(constant)) shared.set(constant, part);
      seen.set(constant, part);
    }
    const { items, additionalProperties: others, anyOf = [] } = part;
    const within = [...Object.values(properties ?? {}), ...anyOf];
    if (items !== undefined) within.push(items);
    if (typeof others === 'object') within.push(others);
    within.forEach(look);
  };
  look(schema);
  return shared;
}

const anchorOf = (constant: string): string => constant.split('/').at(-1) ?? constant;

function fieldTable(
  rows: readonly SchemaRow[],
  elsewhere: ReadonlySet<string>,
  comments: ReadonlyMap<string, string>,
): string {
  const linkOf = (constant: string): string | undefined => {
    const name = anchorOf(constant);
    return elsewhere.has(constant) ? `[${name}](#${name.toLowerCase()})` : undefined;
  };
  return markdownTable(
    ['field', 'value', 'meaning'],
    rows.map((row) => {
      const type = schemaType(row.schema, linkOf);
      const value = row.required ? type : `${type}; may be absent`;
      const { constant = '' } = row.schema;
      // A link leads to what its part means.
      const part = elsewhere.has(constant) ? undefined : comments.get(constant);
      const meaning = comments.get(row.source) ?? part ?? fieldTerms.get(nameOf(row)) ?? '';
      return [asCode(row.path), value, meaning];
    }),
  );
}

/** The last part of a field's path. */
const nameOf = ({ path }: SchemaRow): string => /[^.[\]]+(?=[\][]*$)/.exec(path)?.[0] ?? '';

/** Which exported constant a schema is, and the comments of all of them. */
async function resultSources() {
  const names = new Map<unknown, string>();
  const comments = new Map<string, string>();
  for (const file of globSync('*.ts', { cwd: folder }).toSorted()) {
    if (file.includes('.test.')) continue;
    const module = file.replace(/\.ts$/, '');
    const path = join(folder, file);
    for (const [place, comment] of sourceComments(readFileSync(path, 'utf8'))) {
      comments.set(`${module}/${place}`, comment);
    }
    const exported = z.record(z.string(), z.unknown()).parse({ ...(await import(path)) });
    for (const [name, value] of Object.entries(exported)) {
      if (value instanceof z.ZodType) names.set(value, `${module}/${name}`);
    }
  }
  return { names, comments };
}
