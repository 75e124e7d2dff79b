// Plain JavaScript that old Nodes can parse: says what is wrong before anything newer is loaded.
const major = Number(process.versions.node.split('.')[0]);
if (major < 24) {
  process.stderr.write(
    `shardlab needs Node 24 or newer; this is Node ${process.versions.node} (${process.execPath}).\n` +
      'hint: run it through npm (npm start, npx shardlab), which uses the Node that shardlab\n' +
      '      installs for itself. If that one is missing, npm was told to skip install scripts:\n' +
      '      run npm ci again without --ignore-scripts.\n',
  );
  process.exit(3);
}
