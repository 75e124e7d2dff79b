import { chmodSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { TestServer } from '../sources/postgres/test-server-fixture.ts';

/** 200 tenants with rows of very different numbers. */
const shop = `
create type order_state as enum ('open', 'paid', 'sent');
create table tenants (id bigint primary key, name text not null unique,
  joined timestamptz not null default now());
create table users (id bigint primary key, tenant_id bigint not null references tenants,
  email text not null, token uuid not null default gen_random_uuid());
create table products (id bigint primary key, title text not null,
  price numeric(10,2) not null check (price > 0));
create table orders (id bigint generated always as identity primary key,
  tenant_id bigint not null references tenants, user_id bigint not null references users,
  state order_state not null default 'open', placed timestamptz not null default now());
create index on orders (tenant_id, placed);
create table order_items (order_id bigint not null references orders on delete cascade,
  product_id bigint not null references products, tenant_id bigint not null,
  quantity int not null, primary key (order_id, product_id));
insert into tenants select i, 'tenant ' || i from generate_series(1, 200) i;
insert into users select i, 1 + (i * i) % 200, 'u' || i || '@example.com'
  from generate_series(1, 1000) i;
insert into products select i, 'product ' || i, 1 + i % 90 from generate_series(1, 200) i;
insert into orders (tenant_id, user_id, state)
  select u.tenant_id, u.id, (enum_range(null::order_state))[1 + i % 3]
  from generate_series(1, 3000) i join users u on u.id = 1 + (i * 7) % 1000;
insert into order_items select o.id, 1 + (o.id * 3 + k) % 200, o.tenant_id, k
  from orders o, generate_series(1, 2) k;
`;

/** A database shop, and a role that may only read; statements and their times are logged. */
export async function startShop(): Promise<TestServer> {
  const server = await TestServer.start({
    shared_preload_libraries: 'pg_stat_statements',
    log_line_prefix: '%m [%p] %q%u@%d ',
    log_min_duration_statement: '0',
  });
  await server.ask('create database shop');
  await server.ask(`create extension pg_stat_statements; ${shop}; analyze`, 'shop');
  await addReader(server);
  return server;
}

export async function addReader(server: TestServer): Promise<void> {
  const roles = 'in role pg_read_all_data, pg_read_all_stats';
  await server.ask(`create role reader login password '${server.password}' ${roles}`);
}

/** What the applications of the shop ask. */
export async function visitShop(server: TestServer): Promise<void> {
  const visits = Array.from({ length: 60 }, (_, visit) => {
    const tenant = 1 + ((visit * visit) % 50);
    return `select * from orders where tenant_id = ${tenant} order by placed desc limit 10;
      select email from users where tenant_id = ${tenant} and id = ${visit};
      insert into orders (tenant_id, user_id, state) values (${tenant}, ${1 + visit}, 'open');
      update orders set state = 'paid' where tenant_id = ${tenant} and id = ${visit};`;
  });
  const all = visits.flatMap((visit) => visit.split(';')).filter((each) => each.trim() !== '');
  await server.each(all, 'shop');
}

/** What a profile has written, by path below the folder. */
export function writtenIn(folder: string): Map<string, string> {
  return new Map(
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name))
      .map((path) => [path.slice(folder.length + 1), readFileSync(path, 'utf8')]),
  );
}

/** A folder for temporary files, in which nothing may be left. */
export function temporaryFolder(folder: string): string {
  const path = join(folder, 'temporary');
  mkdirSync(path);
  chmodSync(path, 0o711);
  return path;
}
