import { startEmbedded } from '../../src/postgres/server/server.ts';

/** A process that holds the private Postgres of the folder named on the command line until it is told, or killed, to end. */
const held = await startEmbedded(process.argv[2] ?? '').catch(error => {
  console.log(JSON.stringify({ code: error.code, message: error.message }));
  process.exit(1);
});
console.log(JSON.stringify({ url: held.url, owned: held.owned }));
setInterval(() => undefined, 60_000);
process.stdin.on('data', async data => {
  const word = data.toString().trim();
  if (word === 'stop') await held.stop();
  // Without stop(): what a command does that calls process.exit().
  if (word === 'stop' || word === 'exit') process.exit(0);
});
// Whoever holds us has gone without a word.
process.stdin.on('end', () => process.exit(0));
