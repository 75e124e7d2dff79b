import { rngFrom } from '../../base/rng.ts';

/** A statement as a log has it; times are whole milliseconds. */
export interface LoggedStatement {
  readonly atMs: number;
  readonly session: string;
  readonly process: number;
  readonly durationMs: number | null;
  readonly sql: string;
  /** null: it was sent by the simple protocol. */
  readonly parameters: readonly (string | null)[] | null;
}

export interface WorkloadOptions {
  /** literal: each text has its values. bind: $1, $2 ... with the values as parameters. */
  readonly style: 'literal' | 'bind';
  readonly tenants?: number;
  /** Of Zipf: tenant number 1 has the most statements. */
  readonly exponent?: number;
  readonly sessions?: number;
  readonly perSecond?: number;
  readonly seed?: number;
}

const startMs = Date.UTC(2026, 0, 31, 18);
const processes = 4000;

export const loggedTime = (atMs: number): string =>
  `${new Date(atMs).toISOString().slice(0, 23).replace('T', ' ')} UTC`;

/**
 * `count` statements on orders (tenant_id, id, total, note) and tenants (id, orders): half of the
 * units of work read an order, a tenth sums up, 15 % update, and a quarter are transactions of an
 * insert and an update. Units of different sessions lie one after another.
 */
export function* loggedStatements(
  count: number,
  options: WorkloadOptions,
): Generator<LoggedStatement> {
  const { style, tenants = 10_000, exponent = 0.99 } = options;
  const { sessions = 20, perSecond = 1000, seed = 1 } = options;
  const rng = rngFrom(seed, 'log');
  const draw = zipf(tenants, exponent);
  let made = 0;
  while (made < count) {
    const number = rng.uint32() % sessions;
    const session = `697e4a40.${(processes + number).toString(16)}`;
    for (const [sql, ...values] of unitOfWork(rng, String(draw(rng.double()) + 1))) {
      if (made === count) return;
      yield {
        atMs: startMs + Math.floor((made * 1000) / perSecond),
        session,
        process: processes + number,
        durationMs: Math.ceil(-Math.log(1 - rng.double()) * 2000) / 1000,
        sql: style === 'bind' ? sql : withLiterals(sql, values),
        parameters: style === 'bind' && values.length > 0 ? values : null,
      };
      made += 1;
    }
  }
}

type Call = readonly [sql: string, ...values: string[]];

function unitOfWork(rng: { double(): number; uint32(): number }, tenant: string): Call[] {
  const kind = rng.double();
  const order = String(rng.uint32() % 1_000_000);
  const total = (rng.uint32() / 1e6).toFixed(2);
  if (kind < 0.5) {
    return [['select * from orders where tenant_id = $1 and id = $2', tenant, order]];
  }
  if (kind < 0.6) return [['select sum(total) from orders where tenant_id = $1', tenant]];
  if (kind < 0.75) {
    const sql = 'update orders set total = $1 where tenant_id = $2 and id = $3';
    return [[sql, total, tenant, order]];
  }
  const insert = 'insert into orders (tenant_id, id, total, note) values ($1, $2, $3, $4)';
  return [
    ['begin'],
    [insert, tenant, order, total, `it's order "${order}"`],
    ['update tenants set orders = orders + 1 where id = $1', tenant],
    ['commit'],
  ];
}

const withLiterals = (sql: string, values: readonly string[]): string =>
  sql.replaceAll(/\$(\d)/g, (_, number: string) => {
    const value = values[Number(number) - 1] ?? '';
    return /^[\d.]+$/.test(value) ? value : `'${value.replaceAll("'", "''")}'`;
  });

/** Gives the index of a value for a number in [0, 1). */
function zipf(count: number, exponent: number): (uniform: number) => number {
  const sums = new Float64Array(count);
  let sum = 0;
  for (let index = 0; index < count; index += 1) {
    sum += (index + 1) ** -exponent;
    sums[index] = sum;
  }
  return (uniform) => {
    let [low, high] = [0, count - 1];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((sums[middle] ?? 0) > uniform * sum) high = middle;
      else low = middle + 1;
    }
    return low;
  };
}
