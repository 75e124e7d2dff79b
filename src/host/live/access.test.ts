import { describe, expect, it } from 'vitest';
import { access } from './access.ts';

const token = 'hmac-like-token_0123456789';
const paths = ['/', '/events'];
const asked = (changes: Partial<Parameters<typeof access>[0]>) =>
  access(
    { method: 'GET', host: '127.0.0.1:8080', url: `/?token=${token}`, ...changes },
    { port: 8080, token },
    paths,
  );

describe('access to the page', () => {
  it('has who asks with the token, by either name of this machine', () => {
    expect(asked({})).toEqual({ path: '/' });
    expect(asked({ host: 'localhost:8080' })).toEqual({ path: '/' });
    expect(asked({ url: `/events?token=${token}` })).toEqual({ path: '/events' });
  });

  it.each([
    ['no token', { url: '/' }],
    ['an empty token', { url: '/?token=' }],
    ['a part of the token', { url: `/?token=${token.slice(0, -1)}` }],
    ['more than the token', { url: `/?token=${token}x` }],
    ['another case', { url: `/?token=${token.toUpperCase()}` }],
    ['no token for a path that is not there', { url: '/other' }],
    ['a name that points here', { host: 'attacker.example:8080' }],
    ['a name with ours in it', { host: '127.0.0.1:8080.attacker.example' }],
    ['another port', { host: '127.0.0.1:8081' }],
    ['no port', { host: '127.0.0.1' }],
    ['no host', { host: undefined }],
    ['a URL that is none', { url: 'http://[' }],
  ])('has nobody with %s', (_, changes) => {
    expect(asked(changes)).toEqual({ refused: 403 });
  });

  it('knows its paths, and can only be read', () => {
    expect(asked({ url: `/other?token=${token}` })).toEqual({ refused: 404 });
    expect(asked({ url: `/../../etc/passwd?token=${token}` })).toEqual({ refused: 404 });
    expect(asked({ method: 'POST' })).toEqual({ refused: 405 });
  });
});
