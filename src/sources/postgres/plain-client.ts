import type { Duplex } from 'node:stream';
import pg from 'pg';

/**
 * A client that sends no startup parameters but user and database (and the protocol's
 * client_encoding): poolers refuse others, and pg would take some from the environment (PGOPTIONS,
 * PGAPPNAME).
 */
export class PlainClient extends pg.Client {
  /** pg asks it when the connection is made; its types leave it out. */
  getStartupConf(): Record<string, string> {
    const { user = '', database = '' } = this;
    return { user, database };
  }

  /** The socket is closed at once; the server notices when it next writes. */
  destroy(): void {
    connectionOf(this).stream.destroy();
  }

  /**
   * Asks the server, on a connection of its own, to cancel what runs here; a pooler hands that on.
   * Resolves when it was asked, or could not be.
   */
  cancelRunning(): Promise<void> {
    const { processID, secretKey } = this as unknown as BackendKey;
    if (processID === null || secretKey === null) return Promise.resolve();
    const asking = new PlainClient({ ...addressOf(this), connectionTimeoutMillis: cancelMs });
    const connection = connectionOf(asking);
    const { host, port, ssl } = asking;
    return new Promise((resolve) => {
      const done = (): void => {
        clearTimeout(timer);
        connection.stream.destroy();
        resolve();
      };
      const timer = setTimeout(done, cancelMs);
      const ask = (): void => connection.cancel(processID, secretKey);
      connection.once('connect', () => (ssl ? connection.requestSsl() : ask()));
      connection.once('sslconnect', ask);
      connection.once('error', done);
      connection.once('end', done);
      if (host.startsWith('/')) connection.connect(`${host}/.s.PGSQL.${port}`);
      else connection.connect(port, host);
    });
  }
}

const cancelMs = 500;

interface BackendKey {
  readonly processID: number | null;
  readonly secretKey: number | null;
}

/** What pg's types leave out of its connection. */
interface WireConnection {
  readonly stream: Duplex;
  connect(portOrPath: number | string, host?: string): void;
  requestSsl(): void;
  cancel(processID: number, secretKey: number): void;
  once(event: 'connect' | 'sslconnect' | 'error' | 'end', then: () => void): void;
}

const connectionOf = (client: pg.Client): WireConnection =>
  (client as unknown as { connection: WireConnection }).connection;

function addressOf(client: pg.Client): pg.ClientConfig {
  const { host, port, user, database } = client;
  // The password is not needed to cancel: the key is.
  return { host, port, user, database, ssl: client.ssl };
}
