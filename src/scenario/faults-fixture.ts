import { UserError } from '../base/user-error.ts';
import { parseScenario } from './parse.ts';
import { vocabularyFixture } from './vocabulary-fixture.ts';

/** For tests: every problem of a scenario, as `line:col: path: what`; a crash stays a crash. */
export function faultsOf(text: string, vocabulary = vocabularyFixture): string[] {
  try {
    parseScenario(text, 's.yaml', vocabulary);
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return error.message.split('\n').map((line) => line.replace(/^s\.yaml:/, ''));
  }
  return [];
}
