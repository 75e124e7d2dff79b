import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Annotation, workflowCommands } from './workflow-commands.ts';

const one: Annotation = {
  level: 'error',
  title: 'limit broken: tenant_id/jump',
  text: 'p(99) is 83.2 ms; the limit is < 50 ms.',
  file: 'scenarios/a,b:c.yaml',
};

test('a line as GitHub reads it, with the file where there is one', () => {
  expect(workflowCommands([one])).toBe(
    '::error file=scenarios/a%2Cb%3Ac.yaml,title=limit broken%3A tenant_id/jump::' +
      'p(99) is 83.2 ms; the limit is < 50 ms.\n',
  );
  expect(workflowCommands([{ ...one, file: null, level: 'notice', title: '1 %' }])).toBe(
    '::notice title=1 %25::p(99) is 83.2 ms; the limit is < 50 ms.\n',
  );
  expect(workflowCommands([])).toBe('');
});

/** What GitHub's runner makes of a line (actions/runner, ActionCommand.TryParseV2). */
function asGithubReads(line: string) {
  const [, command = '', text = ''] = /^::(.*?)::(.*)$/s.exec(line) ?? [];
  const [name = '', ...rest] = command.split(' ');
  const raw = (value: string): string =>
    value
      .replaceAll('%0D', '\r')
      .replaceAll('%0A', '\n')
      .replaceAll('%3A', ':')
      .replaceAll('%2C', ',')
      .replaceAll('%25', '%');
  const properties = rest
    .join(' ')
    .split(',')
    .map((property) => property.split('=').map(raw));
  return {
    name,
    properties: Object.fromEntries(properties) as Record<string, string>,
    text: raw(text),
  };
}

const steering = ['\n', '\r', '\u001b'];

const anyText = fc
  .array(fc.constantFrom('::', ':', ',', '%', '%0A', '=', ' ', 'error', 'a', ...steering))
  .map((parts) => parts.join(''));

test('whatever a name or a message holds, it is one line and one command', () => {
  fc.assert(
    fc.property(anyText, anyText, anyText, (title, text, file) => {
      const written = workflowCommands([{ level: 'warning', title, text, file }]);
      expect(written.endsWith('\n')).toBe(true);
      expect(steering.some((control) => written.slice(0, -1).includes(control))).toBe(false);
      const read = asGithubReads(written.slice(0, -1));
      expect(read.name).toBe('warning');
      expect(Object.keys(read.properties)).toEqual(
        steering.some((control) => file.includes(control)) ? ['title'] : ['file', 'title'],
      );
    }),
  );
});

test('of more than ten of a level nine are shown, and how many more there are', () => {
  const many = Array.from({ length: 12 }, (_, i) => ({ ...one, title: `limit ${i}` }));
  const warning: Annotation = { ...one, level: 'warning' };
  const lines = workflowCommands([...many, warning])
    .trimEnd()
    .split('\n');
  expect(lines).toHaveLength(11);
  expect(lines[9]).toBe(
    '::error title=3 more::GitHub shows ten of a step. The job summary has all of them.',
  );
  expect(lines[10]).toMatch(/^::warning /);
});
