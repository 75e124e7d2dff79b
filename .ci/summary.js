// The closing lines of a CI run: what was slow, what was skipped, what failed, and the counts in one
// line that any reader of logs can take.
import { readFileSync } from 'node:fs';
import { relative } from 'node:path';

const { numPassedTests, numFailedTests, numPendingTests, testResults } = JSON.parse(
  readFileSync(process.argv[2], 'utf8'),
);
if (testResults.length === 0) process.exit(1);

const files = testResults.map(({ name, startTime, endTime, message, assertionResults }) => {
  const file = relative(process.cwd(), name);
  return { file, seconds: (endTime - startTime) / 1000, message, tests: assertionResults };
});
const tests = files.flatMap(({ file, tests: own }) => own.map((test) => ({ ...test, file })));
const isOfDocker = ({ file }) => file.endsWith('.docker.test.ts');
const isSkipped = ({ status }) => status === 'pending' || status === 'skipped';
const docker = tests.filter((test) => isOfDocker(test) && test.status === 'passed').length;

for (const { file, seconds } of files.toSorted((a, b) => b.seconds - a.seconds).slice(0, 10)) {
  console.log(`slow: ${seconds.toFixed(0)} s ${file}`);
}
// Where no engine answers these are what has not been seen; the others do not apply.
for (const test of tests.filter((each) => isOfDocker(each) && isSkipped(each))) {
  console.log(`skipped: ${test.fullName}`);
}
for (const { file, fullName, failureMessages } of tests.filter(
  ({ status }) => status === 'failed',
)) {
  console.log(`failed: ${file}: ${fullName}`);
  console.log(`  ${(failureMessages[0] ?? '').split('\n').slice(0, 3).join('\n  ').slice(0, 600)}`);
}
for (const { file, message, tests: own } of files) {
  if (own.length === 0) console.log(`failed: ${file}: ${message.split('\n')[0]}`);
}
console.log(`docker: ${docker} passed`);
console.log(`${numPassedTests} passed, ${numFailedTests} failed, ${numPendingTests} skipped`);
// No evidence is a failure: CI exists to run these too.
if (docker === 0) process.exit(1);
