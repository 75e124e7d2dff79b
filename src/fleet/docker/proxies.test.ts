import { expect, test } from 'vitest';
import { proxiedPort } from './proxies.ts';

const line = (...parts: string[]): string => `${parts.join('\0')}\0`;

test('the port of a docker-proxy, and of nothing that only looks like one', () => {
  const proxy = ['/usr/sbin/docker-proxy', '-proto', 'tcp', '-host-ip', '127.0.0.1'];
  const target = ['-container-ip', '172.17.0.2', '-container-port', '5432'];
  expect(proxiedPort(line(...proxy, '-host-port', '32768', ...target))).toBe(32_768);
  expect(proxiedPort(line(...proxy, ...target))).toBeNull();
  expect(proxiedPort(line(...proxy, '-host-port'))).toBeNull();
  expect(proxiedPort(line('/bin/echo', '-host-port', '32768'))).toBeNull();
  expect(proxiedPort('')).toBeNull();
});
