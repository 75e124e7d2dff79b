import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, describe, expect, it } from 'vitest';
import { UserError } from '../../base/user-error.ts';
import { LiveServer } from './live-server.ts';

let server: LiveServer | null = null;
let joined = 0;

async function listen(): Promise<LiveServer> {
  joined = 0;
  const pages = {
    page: (nonce: string) => `page ${nonce}`,
    joined: () => {
      joined += 1;
    },
  };
  server = await LiveServer.listen(0, pages);
  return server;
}

afterEach(async () => {
  await server?.close('ended', null, 100);
  server = null;
});

const eventsOf = ({ url }: LiveServer): string => url.replace('/?', '/events?');

/** Someone who reads events as they come. */
async function reader(live: LiveServer) {
  const response = await fetch(eventsOf(live));
  let text = '';
  const ended = (async () => {
    for await (const chunk of response.body ?? []) text += Buffer.from(chunk).toString();
  })();
  return {
    ended,
    read: () => text,
    shows: async (part: string) => {
      while (!text.includes(part)) await sleep(5);
    },
  };
}

/** Someone who asks for events and reads nothing until told to. */
async function sleeper(live: LiveServer): Promise<Socket> {
  const { port, search, host } = new URL(live.url);
  const socket = connect(Number(port), '127.0.0.1');
  await once(socket, 'connect');
  const before = live.clients.count;
  socket.pause();
  socket.write(`GET /events${search} HTTP/1.1\r\nHost: ${host}\r\n\r\n`);
  while (live.clients.count === before) await sleep(5);
  return socket;
}

describe('a live server', () => {
  it('serves the page with headers that let nothing else in', async () => {
    const live = await listen();
    const response = await fetch(live.url);
    const policy = response.headers.get('content-security-policy') ?? '';
    const [, nonce] = /script-src 'nonce-([\w-]{22})'/.exec(policy) ?? [];
    expect(await response.text()).toBe(`page ${nonce}`);
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).not.toMatch(/https?:|unsafe-eval|script-src[^;]*unsafe/);
    expect(response.headers.get('referrer-policy')).toBe('no-referrer');
    expect(response.headers.get('cache-control')).toBe('no-store');
    const again = await fetch(live.url);
    expect(await again.text()).not.toBe(`page ${nonce}`);
  });

  it('listens on the loopback alone, and has a token of its own each time', async () => {
    const { url } = await listen();
    expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/\?token=[\w-]{43}$/);
    const other = await LiveServer.listen(0, { page: () => '', joined: () => undefined });
    expect(new URL(other.url).search).not.toBe(new URL(url).search);
    await other.close('ended', null, 0);
  });

  it('refuses who has no token, without a word of the page', async () => {
    const live = await listen();
    const response = await fetch(live.url.replace(/token=.*/, 'token=x'));
    expect(response.status).toBe(403);
    expect(await response.text()).not.toContain('page ');
    expect((await fetch(live.url.replace('/?', '/events?').replace(/.$/, ''))).status).toBe(403);
    expect(joined).toBe(0);
  });

  it('says that a port is in use, and what to do', async () => {
    const live = await listen();
    const port = Number(new URL(live.url).port);
    const second = LiveServer.listen(port, { page: () => '', joined: () => undefined });
    const error = await second.catch((cause: unknown) => cause);
    expect(error).toBeInstanceOf(UserError);
    expect(error).toMatchObject({
      exitCode: 3,
      message: `--live: port ${port} cannot be used: another program uses it`,
      hint: '--live without a number takes a port that is free',
    });
  });
});

describe('events', () => {
  it('come to all, and only what has changed', async () => {
    const live = await listen();
    const one = await reader(live);
    const two = await reader(live);
    expect(joined).toBe(2);
    live.clients.update({ a: 'first', b: 'same' });
    live.clients.update({ a: 'second', b: 'same' });
    for (const { shows, read } of [one, two]) {
      await shows('second');
      expect(read()).toContain('event: parts\ndata: {"a":"first","b":"same"}\n\n');
      expect(read()).toContain('event: parts\ndata: {"a":"second"}\n\n');
    }
  });

  it('begin for who comes late with the state as it is', async () => {
    const live = await listen();
    live.clients.update({ a: 'first', b: 'same' });
    live.clients.update({ a: 'second' });
    const late = await reader(live);
    await late.shows('{"a":"second","b":"same"}');
    expect(late.read()).not.toContain('first');
  });

  it('end with a last one, also for who has just come', async () => {
    const live = await listen();
    const one = await reader(live);
    await live.close('ended', { report: 'line\nline' }, 1000);
    await one.ended;
    expect(one.read().trimEnd().split('\n').slice(-2)).toEqual([
      'event: ended',
      'data: {"report":"line\\nline"}',
    ]);
    await expect(fetch(live.url)).rejects.toThrow('fetch failed');
    server = null;
  });

  it('are forgotten with who goes away', async () => {
    const live = await listen();
    const socket = await sleeper(live);
    expect(live.clients.count).toBe(1);
    socket.destroy();
    while (live.clients.count > 0) await sleep(5);
    live.clients.update({ a: 'nobody hears this' });
    expect(live.clients.count).toBe(0);
  });

  it('do not gather up for who does not read, and hold up nobody', async () => {
    const live = await listen();
    const slow = await sleeper(live);
    const quick = await reader(live);
    const waiting: number[] = [];
    for (let event = 0; event < 150; event++) {
      live.clients.update({ a: `${event}: ${'x'.repeat(64 * 1024)}`, b: 'kept' });
      waiting.push(live.clients.waitingBytes);
      await sleep(1);
    }
    // 10 MB were told; of these wait what is allowed and one event more.
    expect(Math.max(...waiting)).toBeGreaterThan(256 * 1024);
    expect(Math.max(...waiting)).toBeLessThan(256 * 1024 + 2 * 65 * 1024);
    await quick.shows('"149: ');
    let late = '';
    slow.setEncoding('utf8').on('data', (text: string) => (late += text));
    slow.resume();
    while (live.clients.waitingBytes > 0) await sleep(5);
    live.clients.update({ c: 'after all' });
    while (!late.includes('after all')) await sleep(5);
    const last = late.slice(late.lastIndexOf('event: parts'));
    expect(last).toContain('"149: ');
    expect(last).toContain('"b":"kept"');
    slow.destroy();
  });

  it('end in time for who never reads', async () => {
    const live = await listen();
    const slow = await sleeper(live);
    slow.on('error', () => undefined);
    await live.close('ended', 'x'.repeat(10e6), 300);
    while (live.clients.count > 0) await sleep(5);
    expect(live.clients.waitingBytes).toBe(0);
    server = null;
  });
});
