// The closing line of a CI run: what ran, in one line that any reader of logs can count.
import { readFileSync } from 'node:fs';

const { numPassedTests, numFailedTests, numPendingTests, testResults } = JSON.parse(
  readFileSync(process.argv[2], 'utf8'),
);
if (testResults.length === 0) process.exit(1);
const docker = testResults
  .filter(({ name }) => name.endsWith('.docker.test.ts'))
  .flatMap(({ assertionResults }) => assertionResults)
  .filter(({ status }) => status === 'passed').length;
const skipped = testResults
  .flatMap(({ assertionResults }) => assertionResults)
  .filter(({ status }) => status === 'pending' || status === 'skipped');
for (const { fullName } of skipped.slice(0, 60)) console.log(`skipped: ${fullName}`);
console.log(`docker: ${docker} passed`);
console.log(`${numPassedTests} passed, ${numFailedTests} failed, ${numPendingTests} skipped`);
// No evidence is a failure: CI exists to run these too.
if (docker === 0) process.exit(1);
