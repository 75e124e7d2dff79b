import { runProgram } from './commands/program.ts';

// `exitCode`, not `exit()`: output that is still on its way to a pipe must arrive.
process.exitCode = await runProgram(process.argv, {
  stdin: process.stdin,
  stdout: process.stdout,
  stderr: process.stderr,
  environment: process.env,
});
