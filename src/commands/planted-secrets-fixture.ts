import { createHash } from 'node:crypto';

const hex = (text: string): string => createHash('sha256').update(text).digest('hex');

/** A text that stands nowhere by chance. */
export const secretText = (name: string): string => `zq${hex(name).slice(0, 14)}`;

/** 13 digits, so that no count of anything is one by chance. */
export const secretNumber = (name: string): string =>
  String(4_000_000_000_000 + Number.parseInt(hex(name).slice(0, 10), 16));

export const secretUuid = (name: string): string =>
  hex(name).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12}).*$/, '$1-$2-$3-$4-$5');

/** Digits grouped as a report might write them. */
const grouped = (digits: string): string => digits.replaceAll(/\B(?=(\d{3})+$)/g, ',');

/** Those of the secrets that are in a text, in whatever form. */
export function secretsIn(text: string, secrets: readonly string[]): string[] {
  const plain = text.toLowerCase();
  return secrets.filter(
    (secret) => plain.includes(secret) || (/^\d+$/.test(secret) && plain.includes(grouped(secret))),
  );
}

const range = (count: number): number[] => Array.from({ length: count }, (_, index) => index);

const quoted = (text: string): string => `'${text}'`;

/**
 * A schema in which only labels, checks and defaults are not secret; every value of a row is, the
 * frequent ones and the rare ones. With `secrets` in the order in which they were made up.
 */
export function plantedDatabase(): { sql: string; secrets: readonly string[] } {
  const secrets: string[] = [];
  const plant = (secret: string): string => {
    secrets.push(secret);
    return secret;
  };
  const customers = range(60).map((each) => ({
    id: plant(secretNumber(`customer ${each}`)),
    name: plant(secretText(`customer ${each}`)),
    code: plant(secretUuid(`customer ${each}`)),
    // A few that are frequent, so that the planner's statistics have them.
    city: secretText(`city ${each % 4}`),
    tags: `{${plant(secretText(`tag ${each}`))},${secretText('tag')}}`,
  }));
  range(4).forEach((each) => plant(secretText(`city ${each}`)));
  plant(secretText('tag'));
  const orders = range(300).map((each) => ({
    id: plant(secretUuid(`order ${each}`)),
    customer: customers[(each * each) % 60]?.id ?? '',
    total: `${plant(secretNumber(`total ${each}`))}.25`,
    note: `{"note": "${plant(secretText(`note ${each}`))}"}`,
  }));
  const values = (rows: readonly Readonly<Record<string, string>>[]): string =>
    rows.map((row) => `(${Object.values(row).map(quoted).join()})`).join(',\n');
  return {
    sql: `create type kind as enum ('labelkept', 'otherlabel');
create table customers (id bigint primary key, name text not null unique, code uuid not null,
  city varchar(40), tags text[], kind kind not null default 'labelkept',
  plan text default 'defaultkept' check (plan in ('defaultkept', 'checkkept')));
create table orders (id uuid primary key, customer_id bigint not null references customers,
  total numeric(20,2), note jsonb);
insert into customers (id, name, code, city, tags) values ${values(customers)};
insert into orders values ${values(orders)};
analyze;`,
    secrets,
  };
}

/** Statements of all kinds with literals of their own; some that no grammar takes. */
export function plantedStatements(prefix: string): { statements: string[]; secrets: string[] } {
  const secrets: string[] = [];
  const plant = (secret: string): string => {
    secrets.push(secret);
    return secret;
  };
  const text = (name: string): string => plant(secretText(`${prefix} ${name}`));
  const number = (name: string): string => plant(secretNumber(`${prefix} ${name}`));
  const statements = range(40).flatMap((each) => [
    `select * from customers where name = '${text(`where ${each}`)}'
      and id <> ${number(`where ${each}`)}`,
    `select count(*) from orders where id = '${plant(secretUuid(`${prefix} ${each}`))}'
      /* trace ${text(`trace ${each}`)} */`,
    `select * from orders where total in (${number(`in ${each}`)}, ${number(`list ${each}`)})
      -- ${text(`dash ${each}`)}`,
    `update customers set city = $$${text(`dollar ${each}`)}$$
      where id = ${number(`update ${each}`)}`,
  ]);
  const prepared = `p${secretText(`${prefix} prepared`)}`;
  const odd = [
    `set application_name = '${text('application')}'`,
    `comment on table customers is '${text('comment')}'`,
    `do $do$ begin perform '${text('do')}'; end $do$`,
    `prepare ${prepared} as select * from customers where name = '${text('prepared')}'`,
    `create temporary table t_${hex(prefix).slice(0, 6)} as select '${text('temporary')}' as x`,
    `select '${text('cast')}'::text, E'\\x${text('escape')}', U&'${text('unicode')}', B'0101'`,
  ];
  return { statements: [...statements, ...odd], secrets };
}
