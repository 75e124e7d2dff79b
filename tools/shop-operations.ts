/** An order that is placed, as YAML below `operations` of a scenario with the usual table. */
export const placeOrder = (weight: number): string => `\
  - name: place_order
    kind: write
    weight: ${weight}
    binds: [tenant_id, user_id, order_id, region]
    sql: |-
      insert into orders (tenant_id, user_id, order_id, region, created_at, total, payload)
      values (:tenant_id, :user_id, :order_id, :region, :created_at, :total, :payload)`;

/** The newest orders of a tenant, in the same form. */
export const recentOrders = (weight: number): string => `\
  - name: recent_orders
    kind: read
    weight: ${weight}
    binds: [tenant_id]
    sql: |-
      select order_id, status, created_at, total from orders
      where tenant_id = :tenant_id order by created_at desc limit 20`;
