// Plain JavaScript, before anything else is loaded: until a command has something to clean up, and
// takes signals over (src/host/interrupt.ts), an interrupt ends the program at once, as it does later.
const exitCodes = { SIGINT: 130, SIGTERM: 143, SIGHUP: 143 };
for (const name of Object.keys(exitCodes)) {
  process.on(name, () => {
    if (process.listenerCount(name) > 1) return;
    process.stderr.write('\nerror: interrupted\n');
    process.exit(exitCodes[name]);
  });
}
