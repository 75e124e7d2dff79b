import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { exitCodes } from '../../base/exit-codes.ts';
import { UserError } from '../../base/user-error.ts';
import { access } from './access.ts';
import { EventClients } from './event-clients.ts';

/** Browsers on this machine; a page takes one connection for its events. */
const mostConnections = 64;

export interface LivePages {
  /** The page, whose own script has this nonce. */
  readonly page: (nonce: string) => string;
  /** Called when somebody begins to watch. */
  readonly joined: () => void;
}

/** Serves one page and its events on this machine, to who has the token of its URL. */
export class LiveServer {
  readonly clients = new EventClients();
  /** 256 bits: not to be guessed. */
  private readonly token = randomBytes(32).toString('base64url');
  private readonly server: Server;
  private readonly pages: LivePages;

  private constructor(pages: LivePages) {
    this.pages = pages;
    this.server = createServer({ maxHeaderSize: 16 * 1024 }, (request, response) =>
      this.answer(request, response),
    );
    this.server.maxConnections = mostConnections;
  }

  /**
   * Listens on 127.0.0.1 only.
   *
   * @param port 0: one that is free
   * @throws UserError (exit code 3) where the port cannot be had
   */
  static async listen(port: number, pages: LivePages): Promise<LiveServer> {
    const live = new LiveServer(pages);
    live.server.listen(port, '127.0.0.1');
    try {
      await once(live.server, 'listening');
    } catch (cause) {
      throw unusablePort(port, cause);
    }
    return live;
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}/?token=${this.token}`;
  }

  /** Ends, after who watches has had so long to take the last event. */
  async close(name: string, data: unknown, patienceMs: number): Promise<void> {
    this.server.close();
    await this.clients.end(name, data, patienceMs);
    this.server.closeAllConnections();
  }

  private get port(): number {
    const address = this.server.address();
    return typeof address === 'object' && address !== null ? address.port : 0;
  }

  private answer(request: IncomingMessage, response: ServerResponse): void {
    const { method, url, headers } = request;
    const own = { port: this.port, token: this.token };
    const allowed = access({ method, url, host: headers.host }, own, ['/', '/events']);
    const nonce = randomBytes(16).toString('base64url');
    for (const [header, value] of Object.entries(securityHeaders(nonce))) {
      response.setHeader(header, value);
    }
    if ('refused' in allowed) {
      response.writeHead(allowed.refused, { 'Content-Type': 'text/plain; charset=utf-8' });
      response.end(`${refusals[allowed.refused]}\n`);
    } else if (allowed.path === '/events') {
      this.clients.add(response);
      this.pages.joined();
    } else {
      response.setHeader('Content-Type', 'text/html; charset=utf-8');
      response.end(this.pages.page(nonce));
    }
  }
}

const refusals = {
  403: 'Only the URL that shardlab has printed, with its token, opens this page.',
  404: 'There is no such page here.',
  405: 'This page can be read only.',
} as const;

/** Nothing but the page's own script and style; nothing of it anywhere else. */
const securityHeaders = (nonce: string) => ({
  'Content-Security-Policy':
    `default-src 'none'; script-src 'nonce-${nonce}'; style-src 'unsafe-inline'; ` +
    "connect-src 'self'; img-src data:; base-uri 'none'; form-action 'none'; " +
    "frame-ancestors 'none'",
  'Cache-Control': 'no-store',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Referrer-Policy': 'no-referrer',
  'X-Content-Type-Options': 'nosniff',
});

function unusablePort(port: number, cause: unknown): UserError {
  const code = cause instanceof Error && 'code' in cause ? cause.code : null;
  const why =
    code === 'EADDRINUSE'
      ? 'another program uses it'
      : code === 'EACCES'
        ? 'this user may not use it'
        : String(cause);
  return new UserError(`--live: port ${port} cannot be used: ${why}`, {
    exitCode: exitCodes.unusable,
    hint: '--live without a number takes a port that is free',
    cause,
  });
}
