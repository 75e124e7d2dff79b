import type { Binding, Operation, Scenario, Statement } from '../scenario/types.ts';
import { tinyScenario } from '../testing/tiny-scenario.ts';
import type { Workload } from './types.ts';
import { buildWorkload } from './workload.ts';

/** A binding from shorthand: `tenant_id`, `other.tenant_id`, `order_id list 3`, `id range 5`. */
export function binding(shorthand: string): Binding {
  const [name = '', by = 'value', count = '1'] = shorthand.split(' ');
  const other = name.startsWith('other.');
  const column = other ? name.slice('other.'.length) : name;
  if (by !== 'value' && by !== 'list' && by !== 'range') throw new Error(`no binding by ${by}`);
  return { column, by, count: Number(count), other };
}

export function statement(binds: readonly string[], insert = false): Statement {
  const text = `statement that binds ${binds.join(', ')}`;
  return { sql: text, text, parameters: [], binds: binds.map(binding), insert };
}

export function operation(
  name: string,
  kind: Operation['kind'],
  ...statements: readonly Statement[]
): Operation {
  return { name, kind, weight: 1, statements };
}

export const place = operation(
  'place',
  'write',
  statement(['tenant_id', 'user_id', 'order_id', 'region'], true),
);
export const change = operation('change', 'write', statement(['tenant_id', 'order_id']));
export const recent = operation('recent', 'read', statement(['tenant_id']));
export const summary = operation('summary', 'read', statement([]));

/** Orders with a column of each kind, and the operations above. */
export function ordersWorkload(changes: Partial<Scenario> = {}): Workload {
  const { schema } = tinyScenario();
  const columns = [
    { name: 'tenant_id', generator: { kind: 'tenant' } },
    { name: 'user_id', generator: { kind: 'user', perTenant: 20 } },
    { name: 'order_id', generator: { kind: 'id', style: 'serial' } },
    { name: 'region', generator: { kind: 'choice', values: ['eu', 'us', 'ap'], per: 'tenant' } },
    { name: 'status', generator: { kind: 'choice', values: ['new', 'paid', 'new'], per: 'row' } },
    { name: 'created_at', generator: { kind: 'timestamp' } },
    { name: 'total', generator: { kind: 'number', min: 1, max: 1.3, decimals: 1 } },
    { name: 'payload', generator: { kind: 'text', bytes: 37 } },
  ] as const;
  const operations = [place, change, recent, summary];
  const scenario = tinyScenario({ schema: { ...schema, columns }, operations, ...changes });
  return buildWorkload(scenario, null);
}
