/** The shop of tables-fixture.ts as its author writes it, without a scenario's other parts. */
export const shopYaml = `tables:
  tenants:
    per: tenant
    columns: { id: tenant, name: { words: [bar, ought, able], count: 2 } }
    primary: id
  users:
    per: tenants
    rows: 2..6
    columns:
      tenant_id: { parent: tenants.id }
      id: id
      region: { choice: { eu: 50, us: 30, ap: 20 } }
    primary: id
    foreign: [{ columns: tenant_id, references: tenants.id }]
  products:
    rows: 50
    columns:
      id: id
      title: { text: 12 }
      price: { number: { min: 1, max: 90, decimals: 2 }, type: "numeric(8,2)" }
    primary: id
  orders:
    per: users
    rows: { mean: 4, zipf: 0.9 }
    columns:
      tenant_id: { parent: tenants.id }
      user_id: { parent: users.id }
      id: { id: snowflake }
      placed_at: timestamp
      note: { json: 40 }
    primary: id
    foreign:
      - { columns: user_id, references: users.id }
      - { columns: tenant_id, references: tenants.id }
    indexes: [[tenant_id, placed_at]]
  lines:
    per: orders
    rows: 1..5
    columns:
      tenant_id: { parent: tenants.id }
      order_id: { parent: orders.id }
      number: sequence
      product_id: { pick: products.id }
      quantity: { number: { min: 1, max: 9, decimals: 0 } }
    primary: [order_id, number]
    foreign:
      - { columns: order_id, references: orders.id, on_delete: cascade }
      - { columns: product_id, references: products.id }
keys:
  tenant: { tenants: id, users: tenant_id, orders: tenant_id, lines: tenant_id }
operations:
  - name: place_order
    kind: write
    weight: 60
    transaction: interactive
    statements:
      - sql: |-
          insert into orders (tenant_id, user_id, id, placed_at, note) values (
           :new.orders.tenant_id, :new.orders.user_id, :new.orders.id, :new.orders.placed_at,
           :new.orders.note) returning id
        as: placed
      - repeat: 2..4
        draw: { quantity: { number: { min: 1, max: 9, decimals: 0 } } }
        statements:
          - select price from products where id = :products.id
          - |-
            insert into lines (tenant_id, order_id, number, product_id, quantity)
             values (:new.lines.tenant_id, :placed.id, :new.lines.number, :products.id, :quantity)
  - name: order_of_tenant
    kind: read
    weight: 30
    sql: |-
      select * from orders join lines on lines.order_id = orders.id
       and lines.tenant_id = orders.tenant_id
       where orders.tenant_id = :orders.tenant_id and orders.id = :orders.id
  - name: newest
    kind: read
    weight: 10
    sql: select id from orders order by placed_at desc limit 5
`;

/** A scenario of it. */
export const shopScenario = `name: shop
rate: 100/s
tenants: { zipf: 0.9, count: 500, idType: int8 }
strategies:
  - { key: tenant, router: jump }
${shopYaml}`;
