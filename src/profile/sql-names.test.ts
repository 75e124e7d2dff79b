import fc from 'fast-check';
import { expect, test } from 'vitest';
import { loadGrammar } from '../sql/grammar.ts';
import type { SchemaEvidence } from './evidence.ts';
import { renamedSql } from './sql-names.ts';
import { storedSchemaFixture as schema } from './stored-schema-fixture.ts';

const grammar = await loadGrammar();
const renamed = (sql: string, by: SchemaEvidence = schema): string => renamedSql(sql, by, grammar);

test.each([
  // As Rails and Hibernate write it.
  [
    'SELECT "Album".* FROM "Album" WHERE "Album"."AlbumId" = $1 LIMIT $2',
    'SELECT album.* FROM album WHERE album.album_id = $1 LIMIT $2',
  ],
  [
    'SELECT "t0"."AlbumId", t0."order" FROM "public"."Album" AS "t0" ORDER BY "t0"."order"',
    'SELECT t0.album_id, t0."order" FROM album AS "t0" ORDER BY t0."order"',
  ],
  ['select o."Id", o.ID from sales.orders o', 'select o.id_2, o.ID from orders o'],
  ['select sales.orders."Id" from sales.orders', 'select orders.id_2 from orders'],
  ['select crm.orders.id from crm.orders', 'select crm_orders.id from crm_orders'],
  [
    'select 1 from sales.orders join crm.orders c using (id, "Id") where "Note" = $1',
    'select 1 from orders join crm_orders c using (id, id_2) where note = $1',
  ],
  ['select orders from crm.orders', 'select crm_orders from crm_orders'],
  // A column that is called like a function, and a function that is called like a column.
  [
    'select lower("Name"), lower from "Artist", sales.orders where lower(lower) = $1',
    'select lower(name), lower from artist, orders where lower(lower) = $1',
  ],
  // Types.
  [
    "select 'new'::sales.order_status, $1::order_status[], cast($2 as sales.money), $3::text",
    "select 'new'::text, $1::text[], cast($2 as numeric(12,2)), $3::text",
  ],
  ['select \'AlbumId\' as "AlbumId", $$"Album"$$', 'select \'AlbumId\' as "AlbumId", $$"Album"$$'],
  // Names that the statement gives itself stay.
  [
    'select x."AlbumId" from (select "Title" as "AlbumId" from "Album") x order by "AlbumId"',
    'select x."AlbumId" from (select title as "AlbumId" from album) x order by "AlbumId"',
  ],
  [
    'select x."AlbumId" from (select "AlbumId" from "Album") x order by "AlbumId"',
    'select x.album_id from (select album_id from album) x order by album_id',
  ],
  [
    'with "Album" as (select "Name" from "Artist") select "Name" from "Album"',
    'with "Album" as (select name from artist) select name from "Album"',
  ],
  [
    'with recursive r as (select "AlbumId", 1 as n from "Album" union all ' +
      'select "AlbumId", n + 1 from r) select r."AlbumId" from r',
    'with recursive r as (select album_id, 1 as n from album union all ' +
      'select album_id, n + 1 from r) select r.album_id from r',
  ],
  [
    'select (select max("Title") from "Album" a where a."ArtistId" = r."ArtistId") from "Artist" r',
    'select (select max(title) from album a where a.artist_id = r.artist_id) from artist r',
  ],
  ['select "The Id", "Title" from "Titles"', 'select "The Id", title from titles'],
  // Writes.
  [
    'INSERT INTO "Album" ("Title", "ArtistId") VALUES ($1, $2) ON CONFLICT ("AlbumId") ' +
      'DO UPDATE SET "Title" = excluded."Title" WHERE "Album"."order" > $3 RETURNING "AlbumId"',
    'INSERT INTO album (title, artist_id) VALUES ($1, $2) ON CONFLICT (album_id) ' +
      'DO UPDATE SET title = excluded.title WHERE album."order" > $3 RETURNING album_id',
  ],
  [
    'insert into sales.orders values ($1) on conflict on constraint orders_pkey do nothing',
    'insert into orders values ($1) on conflict (tenant_id, id) do nothing',
  ],
  [
    'UPDATE sales.orders SET "Id" = c."Id", status = $1 FROM crm.orders c WHERE c.id = orders.id',
    'UPDATE orders SET id_2 = c.id_2, status = $1 FROM crm_orders c WHERE c.id = orders.id',
  ],
  [
    'delete from only "Album" using "Artist" r where r."ArtistId" = "Album"."ArtistId"',
    'delete from only album using artist r where r.artist_id = album.artist_id',
  ],
  [
    'merge into "Album" a using "Artist" r on a."ArtistId" = r."ArtistId" when matched then ' +
      'update set "Title" = r."Name" when not matched then insert ("AlbumId") values ($1)',
    'merge into album a using artist r on a.artist_id = r.artist_id when matched then ' +
      'update set title = r.name when not matched then insert (album_id) values ($1)',
  ],
  [
    'select 1 from "Album" join "Artist" as r using ("ArtistId") for update of "Album", r',
    'select 1 from album join artist as r using (artist_id) for update of album, r',
  ],
  // What is not known stays, and so does what need not change.
  ['select "X" from other."Y" z where z."X" = $1', 'select "X" from other."Y" z where z."X" = $1'],
  ['SELECT relname FROM pg_catalog.pg_class', 'SELECT relname FROM pg_catalog.pg_class'],
  [
    'select "id" from "user" where "user"."email" = $1',
    'select id from "user" where "user".email = $1',
  ],
  ['selec 1', 'selec 1'],
])('%s', (sql, expected) => {
  expect(renamed(sql)).toBe(expected);
  expect(renamed(expected, sameNames)).toBe(expected);
});

/** The scenario's own names as those of a database. */
const sameNames: SchemaEvidence = {
  tables: schema.tables.map((table) => ({
    ...table,
    stored: { schema: 'public', name: table.name },
    columns: table.columns.map((column) => ({ ...column, stored: column.name })),
  })),
  views: schema.views.map((view) => ({ ...view, stored: { schema: 'public', name: view.name } })),
};

/** From the scenario's names to those of the database. */
const back: SchemaEvidence = {
  tables: schema.tables.map((table) => ({
    ...table,
    name: table.stored.name === 'orders' ? `${table.stored.schema}_orders` : table.stored.name,
    stored: { schema: 'public', name: table.name },
    columns: table.columns.map(({ name, stored, ...rest }) => {
      return { ...rest, name: stored, stored: name };
    }),
  })),
  views: [],
};

const quoted = (name: string): string => `"${name}"`;

const tableArbitrary = fc.constantFrom(...schema.tables);

const statement = fc
  .tuple(tableArbitrary, tableArbitrary, fc.nat(), fc.nat(), fc.boolean())
  .map(([one, other, i, j, isNested]) => {
    const column = (table: typeof one, at: number): string =>
      quoted(table.columns[at % table.columns.length]?.stored ?? '');
    const from = (table: typeof one, alias: string): string =>
      `${quoted(table.stored.schema)}.${quoted(table.stored.name)} as ${alias}`;
    const where = `a.${column(one, j)} = $1`;
    const inner = `select ${column(one, i)} as "K" from ${from(one, 'a')} where ${where}`;
    return isNested
      ? `select b.${column(other, j)} from ${from(other, 'b')} ` +
          `where b.${column(other, i)} in (${inner})`
      : inner;
  });

test('there and back it is the same statement', () => {
  fc.assert(
    fc.property(statement, (sql) => {
      const there = renamed(sql);
      expect(grammar.parse(there)).toHaveProperty('tree');
      expect(treeOf(renamed(there, back))).toStrictEqual(treeOf(withoutSchema(sql)));
    }),
  );
});

const withoutSchema = (sql: string): string =>
  sql
    .replaceAll('"sales"."orders"', '"sales_orders"')
    .replaceAll('"crm"."orders"', '"crm_orders"')
    .replaceAll('"public".', '');

function treeOf(sql: string): unknown {
  return JSON.parse(JSON.stringify(grammar.parse(sql)), (key, value: unknown) =>
    key.endsWith('location') || key.startsWith('rexpr_list') ? undefined : value,
  );
}
