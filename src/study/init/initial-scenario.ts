/**
 * A first scenario to edit: every part that is usually changed, each with its reason. `schema` is
 * where editors find the schema, from the scenario's own folder.
 */
export function initialScenario(schema: string): string {
  return `# yaml-language-server: $schema=${schema}\n${text}`;
}

/** The same with the tenants of a file; `file` is as seen from the scenario's own folder. */
export function scenarioOfTenants(
  schema: string,
  tenants: { readonly file: string; readonly id: string; readonly weight: string } & {
    readonly bytes: string | null;
  },
): string {
  const { file, id, weight, bytes } = tenants;
  const columns = { file, id, weight, ...(bytes !== null && { bytes }) };
  const entries = Object.entries(columns).map(([key, value]) => `${key}: ${JSON.stringify(value)}`);
  return initialScenario(schema).replace(
    /^tenants: .*$/m,
    () => `tenants: { ${entries.join(', ')} }`,
  );
}

const text = `#
# What to measure. Everything but name, rate and strategies may be left out; what stands here after
# a single # is a choice to uncomment. Run it with: shardlab run <this file>
name: my-first

# The same seed gives the same operations, for every strategy and on every machine.
seed: 42
duration: 15s
warmup: 3s

# Offered load, over all shards together. It is not slowed down when the shards are.
rate: 400/s
arrivals: poisson
# These two have their own rates; take out \`rate\`.
#arrivals: { burst: { on: 2000/s, off: 200/s, for: 2s, pause: 8s } }
#arrivals: { ramp: { from: 100/s, to: 2000/s } }

# Who makes the load, and how unequal they are.
tenants: { zipf: 0.99, count: 10000 }
#tenants: { file: tenants.csv, id: tenant, weight: requests, bytes: stored_bytes }
#tenants: { hotspot: 30%, hot: 1, count: 1000 }

# Rows loaded before each measurement, over all shards together.
data: { total: 64MB }

# Keep the sum of the cpu quotas below the cores of this machine.
topology: { shards: 4, quota: { cpu: 0.3, memory: 512MB } }

# Your own table instead of the default one (orders), with its operations. Columns that shardlab
# fills have a generator; the others need a default in the DDL.
#schema:
#  ddl: ["create table notes (account_id text, note_id int8, body text)"]
#  indexes: ["alter table notes add primary key (note_id)"]
#  table: notes
#  columns: { account_id: tenant, note_id: id, body: { text: 200 } }

# What is done. \`binds\` are the columns that a statement fixes: an operation that binds the shard
# key goes to one shard, every other one to all. An INSERT binds every shard key compared below.
operations:
  - name: place_order
    kind: write
    weight: 50
    binds: [tenant_id, user_id, order_id, region]
    sql: |-
      insert into orders (tenant_id, user_id, order_id, region, created_at, total, payload)
      values (:tenant_id, :user_id, :order_id, :region, :created_at, :total, :payload)
  - name: recent_orders
    kind: read
    weight: 40
    binds: [tenant_id]
    sql: |-
      select order_id, status, created_at, total from orders
      where tenant_id = :tenant_id order by created_at desc limit 20
  - name: order_by_id
    kind: read
    weight: 10
    binds: [order_id]
    sql: select * from orders where order_id = :order_id

# Shard keys and routers to compare; \`single\` (one shard, no router) is measured beside them.
strategies:
  - { key: tenant_id, router: jump }
  - { key: tenant_id, router: directory }
  - { key: order_id, router: jump }
#  - { key: tenant_id, router: "ring:150", hash: murmur3-128 }
`;
