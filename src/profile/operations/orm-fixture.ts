/** A small helpdesk in a scenario's words, with types of all kinds. */
export const ormScenario = `name: helpdesk
rate: 50/s
tenants: { zipf: 0.9, count: 40, idType: int8 }
tables:
  tenants:
    per: tenant
    columns:
      id: tenant
      name: { text: 12 }
      settings: { json: 40 }
      created_at: timestamp
    primary: id
  users:
    per: tenants
    rows: 2..6
    columns:
      id: id
      tenant_id: { parent: tenants.id }
      email: { text: 20 }
      admin: { choice: ["true", "false"], type: bool }
      age: { number: { min: 18, max: 90, decimals: 0 }, type: int4 }
      token: { id: uuid4, type: uuid }
      created_at: timestamp
      updated_at: timestamp
      deleted_at: { type: timestamptz }
    primary: id
    unique: [[email]]
    foreign: [{ columns: tenant_id, references: tenants.id }]
  tickets:
    per: users
    rows: { mean: 5, zipf: 0.8 }
    columns:
      id: { id: snowflake }
      tenant_id: { parent: tenants.id }
      user_id: { parent: users.id }
      status: { choice: { open: 60, done: 40 } }
      title: { text: 30 }
      price: { number: { min: 1, max: 500, decimals: 2 }, type: "numeric(12,2)" }
      priority: { number: { min: 1, max: 9, decimals: 0 }, type: int2 }
      data: { json: 60 }
      due_on: { date: 2025-01-01..2026-01-01 }
      created_at: timestamp
      tags: { type: "text[]", default: "'{}'" }
    primary: id
    foreign:
      - { columns: tenant_id, references: tenants.id }
      - { columns: user_id, references: users.id, on_delete: cascade }
    indexes: [[tenant_id, created_at]]
  comments:
    per: tickets
    rows: 1..4
    columns:
      id: id
      tenant_id: { parent: tenants.id }
      ticket_id: { parent: tickets.id }
      author_id: { pick: users.id }
      body: { text: 60 }
      read: { choice: ["true", "false"], type: bool }
    primary: id
    foreign:
      - { columns: ticket_id, references: tickets.id, on_delete: cascade }
      - { columns: author_id, references: users.id }
  labels:
    rows: 30
    columns: { id: sequence, name: { text: 8 }, color: { choice: [red, blue] } }
    primary: id
  ticket_labels:
    per: tickets
    rows: 1
    columns:
      ticket_id: { parent: tickets.id }
      label_id: { pick: labels.id }
    primary: [ticket_id, label_id]
    foreign:
      - { columns: ticket_id, references: tickets.id, on_delete: cascade }
      - { columns: label_id, references: labels.id }
  jobs:
    rows: 500
    columns:
      id: id
      queue: { choice: [mail, index] }
      run_at: timestamp
      locked_at: { type: timestamptz }
      attempts: { type: int4, default: "0" }
      payload: { json: 30 }
    primary: id
keys:
  tenant: { tenants: id, users: tenant_id, tickets: tenant_id, comments: tenant_id }
  user: { users: id, tickets: user_id }
  ticket: { tickets: id, comments: ticket_id, ticket_labels: ticket_id }
views:
  open_tickets: select id, tenant_id, title from tickets where status = 'open'
operations:
  - { name: any, kind: read, sql: select count(*) from tenants }
strategies:
  - { key: tenant, router: jump }
`;

/** As they send them, once names are those of the scenario: some sixty, by where they come from. */
export const ormStatements: Readonly<Record<string, readonly string[]>> = {
  rails: [
    'SELECT users.* FROM users WHERE users.id = $1 LIMIT $2',
    'SELECT users.* FROM users WHERE users.tenant_id = $1 AND users.deleted_at IS NULL ' +
      'ORDER BY users.created_at DESC LIMIT $2 OFFSET $3',
    'SELECT $1 AS one FROM users WHERE users.email = $2 AND users.id != $3 LIMIT $4',
    'SELECT COUNT(*) FROM tickets WHERE tickets.tenant_id = $1 AND tickets.status IN ($2, $3)',
    'SELECT tickets.* FROM tickets WHERE tickets.id IN ($1, $2, $3, $4, $5)',
    'SELECT tickets.* FROM tickets WHERE tickets.tenant_id = $1 AND tickets.id NOT IN ($2, $3)',
    'INSERT INTO comments (tenant_id, ticket_id, author_id, body, read) ' +
      'VALUES ($1, $2, $3, $4, $5) RETURNING id',
    'UPDATE tickets SET status = $1, title = $2 WHERE tickets.id = $3',
    'UPDATE users SET updated_at = $1 WHERE users.id = $2',
    'DELETE FROM comments WHERE comments.id = $1',
    'SELECT tickets.* FROM tickets INNER JOIN users ON users.id = tickets.user_id ' +
      'WHERE users.tenant_id = $1 AND tickets.created_at BETWEEN $2 AND $3',
    'SELECT DISTINCT tickets.status FROM tickets WHERE tickets.tenant_id = $1',
    'UPDATE tenants SET settings = $1 WHERE tenants.id = $2',
    'SELECT labels.name, COUNT(*) AS count_all FROM labels INNER JOIN ticket_labels ON ' +
      'ticket_labels.label_id = labels.id WHERE ticket_labels.ticket_id = $1 GROUP BY labels.name',
  ],
  django: [
    'SELECT users.id, users.email FROM users WHERE UPPER(users.email::text) = UPPER($1) LIMIT 21',
    'SELECT ($1) AS a FROM tickets WHERE (tickets.tenant_id = $2 AND tickets.title ILIKE $3) ' +
      'LIMIT 1',
    'SELECT tickets.id FROM tickets WHERE tickets.created_at >= $1 AND tickets.created_at < $2 ' +
      'ORDER BY tickets.id ASC LIMIT 100',
    'SELECT (DATE_TRUNC($1, tickets.created_at AT TIME ZONE $2))::date AS day, COUNT(tickets.id) ' +
      'AS n FROM tickets WHERE tickets.tenant_id = $3 GROUP BY 1 ORDER BY 1 ASC',
    'SELECT COUNT(*) FROM (SELECT DISTINCT tickets.user_id AS col1 FROM tickets ' +
      'WHERE tickets.tenant_id = $1) subquery',
    'INSERT INTO ticket_labels (ticket_id, label_id) VALUES ($1, $2), ($3, $4) ' +
      'ON CONFLICT DO NOTHING',
    'UPDATE tickets SET price = (tickets.price * $1) WHERE tickets.id IN ($2, $3)',
    'SELECT EXISTS(SELECT $1 AS a FROM users WHERE users.tenant_id = $2 AND users.admin = $3)',
    'SELECT tickets.id, SUM(CASE WHEN tickets.status = $1 THEN $2 ELSE $3 END) AS open ' +
      'FROM tickets WHERE tickets.tenant_id = $4 GROUP BY tickets.id HAVING COUNT(*) > $5',
    'SELECT U0.id FROM users U0 WHERE U0.id IN (SELECT V0.user_id FROM tickets V0 ' +
      'WHERE V0.tenant_id = $1 AND V0.priority > $2)',
  ],
  hibernate: [
    'select t1_0.id, t1_0.title, u1_0.email from tickets t1_0 left join users u1_0 on ' +
      'u1_0.id=t1_0.user_id where t1_0.id=$1',
    'insert into tickets (tenant_id,user_id,status,title,price,priority,data,due_on,created_at,' +
      'id) values ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10)',
    'update tickets set tenant_id=$1,user_id=$2,status=$3,price=$4,due_on=$5 where id=$6',
    'select c1_0.id from comments c1_0 where c1_0.ticket_id=$1 order by c1_0.id ' +
      'offset $2 rows fetch first $3 rows only',
    'select count(t1_0.id) from tickets t1_0 where t1_0.tenant_id=$1 and (t1_0.status=$2 ' +
      "or t1_0.title like $3 escape '')",
    'select t1_0.id from tickets t1_0 where t1_0.id=$1 for no key update of t1_0',
    'delete from ticket_labels where ticket_id=$1 and label_id=$2',
  ],
  prisma: [
    'SELECT t0.id, t0.email FROM users AS t0 WHERE (t0.id = $1 AND 1=1) LIMIT $2 OFFSET $3',
    'SELECT t0.id FROM tickets AS t0 WHERE (t0.tenant_id = $1 AND t0.id < $2) ' +
      'ORDER BY t0.id DESC LIMIT $3 OFFSET $4',
    'SELECT t0.id FROM tickets AS t0 WHERE (t0.id) IN (SELECT t1.ticket_id FROM comments AS t1 ' +
      'WHERE (t1.read = $1 AND t1.ticket_id IS NOT NULL))',
    'INSERT INTO labels (id,name,color) VALUES ($1,$2,$3) RETURNING labels.id, labels.name',
    'UPDATE users SET age = (age + $1) WHERE (users.id = $2 AND 1=1) RETURNING users.id',
    'SELECT COUNT(*) AS _count$_all FROM (SELECT t0.id FROM tickets AS t0 WHERE t0.user_id = $1 ' +
      'OFFSET $2) AS sub',
    'SELECT t.id FROM tickets t WHERE t.tenant_id = ANY($1) AND t.status = ANY($2::text[])',
  ],
  jobs: [
    'SELECT * FROM jobs WHERE queue = $1 AND run_at <= now() AND locked_at IS NULL ' +
      'ORDER BY run_at LIMIT $2 FOR UPDATE SKIP LOCKED',
    'UPDATE jobs SET locked_at = now(), attempts = attempts + $1 WHERE id = (SELECT id FROM jobs ' +
      'WHERE queue = $2 ORDER BY run_at FOR UPDATE SKIP LOCKED LIMIT $3) RETURNING *',
    'DELETE FROM jobs WHERE id = $1 AND attempts >= $2',
    'INSERT INTO jobs (queue, payload, run_at) VALUES ($1, $2, now() + $3::interval)',
    'UPDATE jobs SET locked_at = $1 WHERE locked_at < now() - $2::interval',
  ],
  byHand: [
    "SELECT id, data->>$1 AS value FROM tickets WHERE data @> $2 AND data->'a'->>$3 IS NULL",
    'SELECT id FROM tickets WHERE tenant_id = $1 AND $2 = ANY(tags)',
    'WITH recent AS (SELECT * FROM tickets WHERE tenant_id = $1 ORDER BY created_at DESC ' +
      'LIMIT $2) SELECT r.id, count(c.id) FROM recent r LEFT JOIN comments c ' +
      'ON c.ticket_id = r.id GROUP BY r.id',
    'SELECT id, row_number() OVER (PARTITION BY tenant_id ORDER BY created_at DESC) AS place ' +
      'FROM tickets WHERE tenant_id = $1',
    'SELECT u.id, lag(t.price, $1) OVER (PARTITION BY u.id ORDER BY t.created_at) FROM users u ' +
      'JOIN tickets t ON t.user_id = u.id AND t.tenant_id = u.tenant_id WHERE u.tenant_id = $2',
    'SELECT id FROM tickets WHERE (created_at, id) < ($1, $2) AND tenant_id = $3 ' +
      'ORDER BY created_at DESC, id DESC LIMIT $4',
    'INSERT INTO users (id, tenant_id, email, admin, age, token, created_at, updated_at) ' +
      'VALUES (nextval($1), $2, lower($3), $4, $5, $6, now(), now()) ' +
      'ON CONFLICT (email) DO UPDATE SET updated_at = excluded.updated_at, age = $7',
    'INSERT INTO ticket_labels SELECT $1, id FROM labels WHERE name = $2 ON CONFLICT DO NOTHING',
    'WITH gone AS (DELETE FROM tickets WHERE id = $1 RETURNING user_id) ' +
      'SELECT count(*) FROM gone',
    'SELECT a.id, b.id FROM tickets a JOIN tickets b ON a.user_id = b.user_id ' +
      'WHERE a.id = $1 AND b.id = $2',
    'SELECT status, percentile_cont($1) WITHIN GROUP (ORDER BY price) FROM tickets ' +
      'WHERE due_on > CURRENT_DATE - $2 GROUP BY status',
    'SELECT coalesce(sum(price), $1), round(avg(price), $2), to_char(max(created_at), $3) ' +
      'FROM tickets WHERE tenant_id = $4 AND created_at > now() - $5::interval',
    'SELECT id FROM tickets WHERE to_tsvector($1, title) @@ plainto_tsquery($2, $3) LIMIT $4',
    'SELECT date_part($1, created_at) AS hour, count(*) FROM tickets WHERE tenant_id = $2 ' +
      'AND extract(dow from created_at) = $3 GROUP BY 1',
    'UPDATE tickets SET (status, price) = ($1, $2) WHERE id = $3 AND tenant_id = $4',
    'MERGE INTO ticket_labels l USING (SELECT $1::int8 AS ticket, $2::int4 AS label) n ' +
      'ON l.ticket_id = n.ticket AND l.label_id = n.label ' +
      'WHEN NOT MATCHED THEN INSERT (ticket_id, label_id) VALUES (n.ticket, n.label)',
    'SELECT title FROM open_tickets WHERE tenant_id = $1 ORDER BY title LIMIT $2',
    'SELECT g.day, count(t.id) FROM generate_series($1, $2) AS g(day) LEFT JOIN tickets t ' +
      'ON t.priority = g.day AND t.tenant_id = $3 GROUP BY g.day',
    'INSERT INTO tickets VALUES (DEFAULT, $1, $2, $3, $4, $5, $6, $7, $8, $9)',
    'SELECT * FROM users WHERE token = $1 OR email = $2',
    'SELECT u.* FROM users u WHERE NOT EXISTS (SELECT $1 FROM tickets t WHERE t.user_id = u.id ' +
      'AND t.status = $2) AND u.tenant_id = $3',
    'UPDATE tickets SET data = jsonb_set(data, $1, $2), tags = array_append(tags, $3) ' +
      'WHERE id = $4',
  ],
};
