import type { ServerResponse } from 'node:http';

/** Texts that make up a state, by name. */
export type EventParts = Readonly<Record<string, string>>;

/** What waits for one client at most, but for the last event. */
const waitingLimitBytes = 256 * 1024;

interface Client {
  readonly response: ServerResponse;
  /** It has missed an event, and gets the whole state next. */
  behind: boolean;
}

/**
 * Those who hear of a state as it changes, by server-sent events
 * (https://html.spec.whatwg.org/multipage/server-sent-events.html). Who reads slowly misses events,
 * and later gets the state as it is then: nothing gathers up for anybody.
 */
export class EventClients {
  private readonly clients = new Set<Client>();
  private readonly state = new Map<string, string>();

  get count(): number {
    return this.clients.size;
  }

  /** What waits to be read, for all together. */
  get waitingBytes(): number {
    return [...this.clients].reduce((sum, { response }) => sum + response.writableLength, 0);
  }

  /** Begins to tell somebody, with the state as it is. */
  add(response: ServerResponse): void {
    const client: Client = { response, behind: false };
    this.clients.add(client);
    response.once('close', () => this.clients.delete(client));
    // One that went away while it was written to; `close` follows.
    response.on('error', () => undefined);
    response.writeHead(200, { 'Content-Type': 'text/event-stream; charset=utf-8' });
    response.write('retry: 1000\n\n');
    response.write(eventText('parts', Object.fromEntries(this.state)));
  }

  /** Tells what has changed of the state. */
  update(parts: EventParts): void {
    const changed = Object.entries(parts).filter(([name, text]) => this.state.get(name) !== text);
    if (changed.length === 0) return;
    for (const [name, text] of changed) this.state.set(name, text);
    const news = eventText('parts', Object.fromEntries(changed));
    for (const client of this.clients) {
      const { response } = client;
      if (response.writableLength > waitingLimitBytes) {
        client.behind = true;
        continue;
      }
      response.write(client.behind ? eventText('parts', Object.fromEntries(this.state)) : news);
      client.behind = false;
    }
  }

  /** Tells a last event, and resolves once all have it, or have had so long to take it. */
  async end(name: string, data: unknown, patienceMs: number): Promise<void> {
    const text = eventText(name, data);
    const gone = [...this.clients].map(
      ({ response }) =>
        new Promise<void>((resolve) => {
          response.once('close', resolve);
          response.end(text);
        }),
    );
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, patienceMs);
    });
    await Promise.race([Promise.all(gone), late]);
    clearTimeout(timer);
    for (const { response } of this.clients) response.destroy();
  }
}

/** Of one line: JSON has no line breaks. */
const eventText = (name: string, data: unknown): string =>
  `event: ${name}\ndata: ${JSON.stringify(data)}\n\n`;
