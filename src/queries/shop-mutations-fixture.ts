import { cast, dropped, join, or, other, type SoundStatement, written } from './mutants-fixture.ts';

/** Under the shard key `tenant` of scenarios/shop.yaml. */
export const shopStatements: readonly SoundStatement[] = [
  {
    sql: 'select id, status from orders where tenant_id = $1 and user_id = $2',
    rewrites: [
      'select id, status from orders where user_id = $2 and tenant_id = $1',
      'select o.id, o.status from orders as o where $1 = o.tenant_id and o.user_id = $2',
      'with own as (select * from orders where tenant_id = $1) ' +
        'select id, status from own where user_id = $2',
      'select id, status from orders where (tenant_id, user_id) = ($1, $2)',
      'select id, status from orders where tenant_id in ($1) and user_id in ($2)',
      'select id, status from orders where tenant_id = any(array[$1::bigint]) and user_id = $2',
      'select id, status from orders where tenant_id = $1::int and user_id = $2',
      'select id, status from (select * from orders where user_id = $2) as o where tenant_id = $1',
      'select id, status from only orders where not (tenant_id <> $1) and user_id = $2',
    ],
    mutants: [
      dropped('scatter', 'select id, status from orders where user_id = $2'),
      or('scatter', 'select id, status from orders where tenant_id = $1 or user_id = $2'),
      cast('scatter', 'select id from orders where tenant_id::text = $1 and user_id = $2'),
      cast('scatter', 'select id from orders where cast(tenant_id as text) = $1 and user_id = $2'),
      other('cross-shard', 'select id from orders where tenant_id in ($1, $3) and user_id = $2'),
      other('scatter', 'select id from orders where tenant_id <> $1 and user_id = $2'),
      other('scatter', 'select id from orders where tenant_id + 0 = $1 and user_id = $2'),
      other('scatter', 'select id from orders where coalesce(tenant_id, 0) = $1'),
    ],
  },
  {
    sql:
      'select l.number, l.price from orders o join lines l on l.tenant_id = o.tenant_id ' +
      'and l.order_id = o.id where o.tenant_id = :tenant and o.id = :order',
    rewrites: [
      'select l.number, l.price from orders o, lines l where o.id = :order and ' +
        'l.order_id = o.id and l.tenant_id = o.tenant_id and o.tenant_id = :tenant',
      'select l.number, l.price from lines l join orders o on o.id = l.order_id ' +
        'and o.tenant_id = l.tenant_id where l.tenant_id = :tenant and o.id = :order',
      'with o as (select tenant_id, id from orders where id = :order and tenant_id = :tenant) ' +
        'select l.number, l.price from lines l join o on l.order_id = o.id ' +
        'where l.tenant_id = o.tenant_id',
      'select number, price from lines where tenant_id = :tenant and order_id in ' +
        '(select id from orders where tenant_id = :tenant and id = :order)',
      'select number, price from lines l where tenant_id = :tenant and exists (select 1 ' +
        'from orders o where o.tenant_id = l.tenant_id and o.id = l.order_id and o.id = :order)',
      'select number, lines.price from orders join lines using (tenant_id) ' +
        'where tenant_id = :tenant and order_id = id and id = :order',
      'select l.number from orders o left join lines l on l.tenant_id = o.tenant_id ' +
        'and l.order_id = o.id where o.id = :order and o.tenant_id = :tenant',
      'select l.number from orders o cross join lateral (select * from lines ' +
        'where tenant_id = o.tenant_id and order_id = o.id) l where o.tenant_id = :tenant',
    ],
    mutants: [
      dropped(
        'scatter',
        'select l.number from orders o join lines l on l.tenant_id = o.tenant_id ' +
          'and l.order_id = o.id where o.id = :order',
      ),
      join(
        'not-runnable',
        'select l.number from orders o join lines l on l.order_id = o.id where o.id = :order',
      ),
      join(
        'not-runnable',
        'select l.number from orders o join lines l on l.order_id = o.id ' +
          'where o.tenant_id = :tenant and o.id = :order',
      ),
      join(
        'not-runnable',
        'select l.number from orders o join lines l on l.tenant_id = o.user_id ' +
          'and l.order_id = o.id where o.tenant_id = :tenant',
      ),
      or(
        'not-runnable',
        'select l.number from orders o join lines l on l.tenant_id = o.tenant_id ' +
          'or l.order_id = o.id where o.tenant_id = :tenant and o.id = :order',
      ),
      cast(
        'not-runnable',
        'select l.number from orders o join lines l on l.tenant_id::text = o.tenant_id::text ' +
          'and l.order_id = o.id where o.tenant_id = :tenant',
      ),
      other(
        'not-runnable',
        'select l.number from orders o join lines l on l.order_id = o.id ' +
          'where o.tenant_id = :tenant and l.tenant_id = :other',
      ),
    ],
  },
  {
    sql: 'update orders set status = ? where tenant_id = ? and id = ?',
    rewrites: [
      'update orders set status = ? where id = ? and tenant_id = ?',
      'update orders as o set status = ? where o.tenant_id = ? and o.id = ?',
      'with one as (select tenant_id, id from orders where tenant_id = :t and id = :i) ' +
        'update orders set status = :s from one ' +
        'where orders.tenant_id = one.tenant_id and orders.id = one.id',
      'update orders set (status, note) = (?, ?) where (tenant_id, id) = (?, ?)',
      'update orders set tenant_id = :t, status = :s where tenant_id = :t and id = :i',
    ],
    mutants: [
      dropped('scatter', 'update orders set status = ? where id = ?'),
      or('scatter', 'update orders set status = ? where tenant_id = ? or id = ?'),
      cast('scatter', 'update orders set status = ? where tenant_id::varchar = ? and id = ?'),
      written('key-update', 'update orders set tenant_id = ? where tenant_id = ? and id = ?'),
      written('key-update', 'update orders set status = ?, tenant_id = tenant_id + 1 where id = ?'),
      other('scatter', 'update orders set status = ?'),
    ],
  },
  {
    sql: 'delete from lines where tenant_id = %s and order_id = %s',
    rewrites: [
      'delete from lines where order_id = %s and tenant_id = %s',
      'delete from lines as l where l.tenant_id = %(tenant)s and l.order_id = %(order)s',
      'delete from lines l using orders o where o.tenant_id = %(tenant)s and o.id = %(order)s ' +
        'and l.tenant_id = o.tenant_id and l.order_id = o.id',
    ],
    mutants: [
      dropped('scatter', 'delete from lines where order_id = %s'),
      or('scatter', 'delete from lines where tenant_id = %s and order_id = %s or product_id = %s'),
      cast('scatter', 'delete from lines where tenant_id::numeric = %s and order_id = %s'),
      join(
        'not-runnable',
        'delete from lines l using orders o where o.tenant_id = %(tenant)s ' +
          'and o.id = %(order)s and l.order_id = o.id',
      ),
      other('cross-shard', 'delete from lines where tenant_id in %s and order_id = %s'),
    ],
  },
  {
    sql:
      'insert into orders (tenant_id, user_id, id, region, placed_at) ' +
      'values (:tenant, :user, :id, :region, now())',
    rewrites: [
      'insert into orders (id, region, placed_at, user_id, tenant_id) ' +
        'values (:id, :region, now(), :user, :tenant)',
      'insert into orders (tenant_id, user_id, id, region, placed_at) ' +
        'select :tenant, :user, :id, :region, now()',
      'insert into orders (tenant_id, user_id, id, region, placed_at) select u.tenant_id, u.id, ' +
        ':id, u.region, now() from users u where u.tenant_id = :tenant and u.id = :user',
      'insert into orders as o (tenant_id, user_id, id, region, placed_at) ' +
        'values (:tenant, :user, :id, :region, now()) on conflict (tenant_id, id) do nothing',
    ],
    mutants: [
      dropped('not-runnable', 'insert into orders (user_id, id, region) values (:user, :id, :r)'),
      other(
        'not-runnable',
        'insert into orders (tenant_id, user_id, id) values (:tenant, :u, :i), (:other, :v, :j)',
      ),
      other(
        'not-runnable',
        'insert into orders (tenant_id, user_id, id) values (:tenant, :user, :id) ' +
          'on conflict (id) do nothing',
      ),
      cast(
        'not-runnable',
        'insert into orders (tenant_id, user_id, id) values (length(:tenant), :user, :id)',
      ),
      join(
        'not-runnable',
        'insert into orders (tenant_id, user_id, id) select u.id, u.tenant_id, :id from users u ' +
          'where u.tenant_id = :tenant',
      ),
    ],
  },
  {
    sql:
      'select u.email, c.name from users u join countries c on c.code = u.country ' +
      'where u.tenant_id = $1 and u.id = $2',
    rewrites: [
      'select email, name from users, countries where code = country and tenant_id = $1 ' +
        'and id = $2',
      'select u.email, (select c.name from countries c where c.code = u.country) ' +
        'from users u where u.id = $2 and u.tenant_id = $1',
    ],
    mutants: [
      dropped(
        'scatter',
        'select u.email, c.name from users u join countries c on c.code = u.country ' +
          'where u.id = $2',
      ),
      or(
        'scatter',
        'select u.email, c.name from users u join countries c on c.code = u.country ' +
          'where u.tenant_id = $1 or u.email = $2',
      ),
      cast('scatter', 'select email from users where tenant_id::text = $1::text and id = $2'),
    ],
  },
  {
    sql: 'select count(*), sum(quantity) from lines where tenant_id = $1',
    rewrites: [
      'select count(*), sum(quantity) from (select * from lines where tenant_id = $1) x',
      'select count(*), sum(quantity) from lines where tenant_id = $1 group by tenant_id',
      'with x as materialized (select quantity from lines where tenant_id = $1) ' +
        'select count(*), sum(quantity) from x',
      'select count(*), sum(quantity) from lines where tenant_id = (select $1::bigint)',
    ],
    mutants: [
      dropped('scatter', 'select count(*), sum(quantity) from lines'),
      dropped('scatter', 'select tenant_id, count(*) from lines group by tenant_id'),
      or('scatter', 'select count(*), sum(quantity) from lines where tenant_id = $1 or true'),
      other('scatter', 'select count(*) from lines where tenant_id >= $1'),
      other('cross-shard', 'select count(*) from lines where tenant_id between $1 and $2'),
    ],
  },
];
