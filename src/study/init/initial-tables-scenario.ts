/**
 * A first scenario of many tables to edit, each part with its reason. `schema` is where editors
 * find the schema, from the scenario's own folder.
 */
export function initialTablesScenario(schema: string): string {
  return `# yaml-language-server: $schema=${schema}\n${text}`;
}

const text = `#
# What to measure, on a schema of many tables. What stands here after a single # is a choice to
# uncomment. What it would do is said by: shardlab run --dry-run <this file>
name: my-tables

# The same seed gives the same rows and operations, for every strategy and on every machine.
seed: 42
duration: 15s
warmup: 3s

# Offered load, over all shards together. It is not slowed down when the shards are.
rate: 200/s

# Who makes the load, and how unequal they are. Their ids are bigints here.
tenants: { zipf: 0.8, count: 500, idType: int8 }
#tenants: { file: tenants.csv, id: tenant, weight: requests, bytes: stored_bytes }

# Keep the sum of the cpu quotas below the cores of this machine.
topology: { shards: 4, quota: { cpu: 0.3, memory: 512MB } }

# Tables, loaded parents first. \`per\` says what the rows of a table hang on (a tenant, or a row of
# another table), \`rows\` how many there are for each of these.
tables:
  accounts:
    per: tenant
    rows: 1
    columns:
      id: tenant
      plan: { choice: { free: 80, pro: 20 } }
      created_at: timestamp
    primary: id
  users:
    per: accounts
    rows: 2..10
    columns:
      account_id: { parent: accounts.id }
      id: id
      email: { padded: 20 }
    # A shard can hold a constraint whole where the shard key is among its columns, and a foreign
    # key where both rows copy the shard key from the same row. The others are listed: a foreign key
    # is not declared then, and a unique one holds within each shard only.
    primary: [account_id, id]
    unique: [email]
    foreign:
      - { columns: account_id, references: accounts.id }
  # It belongs to no tenant: so many rows in all.
  products:
    rows: 200
    columns:
      id: id
      name: { words: [red, blue, small, large, lamp, chair, table], count: 3 }
      price: { number: { min: 1, max: 90, decimals: 2 } }
    primary: id
  orders:
    per: users
    rows: { mean: 5, zipf: 0.9 }
    columns:
      account_id: { parent: accounts.id }
      user_id: { parent: users.id }
      id: id
      # Not filled when rows are loaded: the default holds.
      status: { type: text, default: "'new'" }
      placed_at: timestamp
    primary: [account_id, id]
    foreign:
      - { columns: [account_id, user_id], references: "users(account_id, id)" }
    indexes: [[account_id, placed_at]]
  lines:
    per: orders
    rows: 1..5
    columns:
      account_id: { parent: accounts.id }
      order_id: { parent: orders.id }
      number: sequence
      product_id: { pick: products.id }
      quantity: { number: { min: 1, max: 9, decimals: 0 } }
      note: { text: 60, null: 0.8 }
    primary: [account_id, order_id, number]
    foreign:
      - columns: [account_id, order_id]
        references: orders(account_id, id)
        on_delete: cascade
      - { columns: product_id, references: products.id }
    # Bytes of a row with its index entries; without it they are measured or estimated.
    #row: 150B

# A shard key is a name with its column in each table. A name that is not listed here is a column's.
keys:
  account: { accounts: id, users: account_id, orders: account_id, lines: account_id }

# What is done. \`:orders.id\` is a column of a loaded row, \`:new.orders.id\` of a new one.
operations:
  - name: order_with_lines
    kind: read
    weight: 60
    sql: |-
      select * from orders join lines
        on lines.account_id = orders.account_id and lines.order_id = orders.id
      where orders.account_id = :orders.account_id and orders.id = :orders.id
  - name: newest_orders
    kind: read
    weight: 15
    sql: |-
      select id, status, placed_at from orders
      where account_id = :accounts.id order by placed_at desc limit 20
  - name: place_order
    kind: write
    weight: 20
    # Each statement by itself, as an application sends them; implicit: all in one round trip.
    transaction: interactive
    statements:
      - |-
        insert into orders (account_id, user_id, id, placed_at)
        values (:new.orders.account_id, :new.orders.user_id, :new.orders.id, now())
      - repeat: 1..5
        draw: { amount: { number: { min: 1, max: 9, decimals: 0 } } }
        statements:
          - select price from products where id = :products.id
          - |-
            insert into lines (account_id, order_id, number, product_id, quantity)
            values (:new.lines.account_id, :new.orders.id, :new.lines.number, :products.id, :amount)
  - name: user_by_email
    kind: read
    weight: 5
    sql: select id, account_id from users where email = :users.email

# Shard keys and routers to compare; \`single\` (one shard, no router) is measured beside them. A
# table without a column of the key is by default whole on every shard where it is small and rarely
# written, else sharded by its own primary key.
strategies:
  - { key: account, router: jump }
  - { key: account, router: directory }
#  - { key: account, router: jump, home: [products] }
#  - { key: user_id, router: jump }
`;
