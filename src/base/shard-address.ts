/** How to reach a shard's database. Never printed: it holds a password. */
export interface ShardAddress {
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly password: string;
  /**
   * Of a shard as its fleet has it: a database that exists, from which others can be created and
   * dropped unless `schema` is set.
   */
  readonly database: string;
  /** false: plain text. Never left out, since pg would then ask the environment (PGSSLMODE). */
  readonly ssl: false | ShardTls;
  /** Settings of every session, in the form of libpq's `options`. */
  readonly options?: string;
  /**
   * Set on a server that is not ours: everything happens in this schema, which the fleet has
   * created and drops when it stops.
   */
  readonly schema?: string;
}

/** Those of Node's TLS options that a connection string of libpq can ask for. */
export interface ShardTls {
  /** Certificates and key in PEM format. */
  readonly ca?: string;
  readonly cert?: string;
  readonly key?: string;
  readonly rejectUnauthorized: boolean;
  /** Present where the host's name in the certificate is not looked at. */
  readonly checkServerIdentity?: () => undefined;
}
