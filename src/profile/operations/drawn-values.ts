import type { TableColumn, TableGenerator } from '../../scenario/table-types.ts';
import { familyOfType } from '../../sql/families.ts';
import { isNumeric } from './sample-values.ts';

/** More of a choice than these make no draw that can be read. */
const choicesMost = 20;

/** What is added to a number: small, so that thousands of them do not leave its type. */
export const amountDraw = '{ number: { min: 1, max: 9, decimals: 0 } }';

/** A draw of values such as the column has, in YAML's flow style; undefined: none fits. */
export function drawnValue({ generator, type }: TableColumn): string | undefined {
  return generator === null ? ofType(type) : ofGenerator(generator);
}

function ofGenerator(generator: TableGenerator): string | undefined {
  switch (generator.kind) {
    case 'choice':
      return choiceDraw(generator.values, generator.weights);
    case 'number': {
      const { min, max, decimals } = generator;
      return `{ number: { min: ${min}, max: ${max}, decimals: ${decimals} } }`;
    }
    case 'text':
      return `{ text: ${generator.bytes} }`;
    case 'words': {
      const { words, count } = generator;
      return `{ words: [${words.map(yamlText).join(', ')}], count: ${count} }`;
    }
    case 'json':
      return `{ json: ${generator.bytes} }`;
    case 'date':
      return `{ date: ${dayText(generator.fromDay)}..${dayText(generator.toDay)} }`;
    case 'tenant':
    case 'user':
    case 'id':
    case 'sequence':
    case 'parent':
    case 'pick':
    case 'timestamp':
    case 'padded':
      return undefined;
  }
}

const dayText = (day: number): string => new Date(day * 86_400_000).toISOString().slice(0, 10);

function choiceDraw(values: readonly string[], weights: readonly number[]): string | undefined {
  if (values.length > choicesMost) return undefined;
  const isEven = weights.every((weight) => weight === weights[0]);
  if (isEven) return `{ choice: [${values.map(yamlText).join(', ')}] }`;
  const parts = values.map(
    (value, at) => `${yamlText(value)}: ${Number(((weights[at] ?? 0) * 100).toPrecision(3))}`,
  );
  return `{ choice: { ${parts.join(', ')} } }`;
}

function ofType(type: string): string | undefined {
  if (isNumeric(type)) return '{ number: { min: 1, max: 100, decimals: 0 } }';
  const family = familyOfType(type);
  if (family === 'boolean') return '{ choice: ["true", "false"] }';
  if (family !== 'text' && family !== 'bpchar') return undefined;
  const length = Number(/\((\d+)\)/.exec(type)?.[1] ?? 16);
  return `{ text: ${Math.max(1, Math.min(16, length))} }`;
}

/** Without quotes where it is a text without them. */
function yamlText(value: string): string {
  const isPlain =
    /^[A-Za-z_][\w-]*$/.test(value) && !/^(?:true|false|null|y|n|yes|no|on|off)$/i.test(value);
  return isPlain ? value : JSON.stringify(value);
}
