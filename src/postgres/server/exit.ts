type Leaver = { leave: () => Promise<void>; leaveSync: () => void };

const leavers = new Set<Leaver>();
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** Calls the leaver when this process ends without having left; returns what takes it off again. */
export function onExit(leaver: Leaver): () => void {
  if (leavers.size === 0) {
    process.on('exit', atExit);
    for (const name of SIGNALS) process.on(name, atSignal);
  }
  leavers.add(leaver);
  return () => {
    if (!leavers.delete(leaver) || leavers.size > 0) return;
    process.off('exit', atExit);
    for (const name of SIGNALS) process.off(name, atSignal);
  };
}

function atExit(): void {
  for (const leaver of leavers) {
    leavers.delete(leaver);
    leaver.leaveSync();
  }
}

/** A command that listens to the signal itself finishes its work and leaves on its own; otherwise we leave and die of the signal. */
function atSignal(name: NodeJS.Signals): void {
  if (process.listenerCount(name) > 1) return;
  const leaving = [...leavers];
  leavers.clear();
  void Promise.allSettled(leaving.map(leaver => leaver.leave())).then(() => {
    process.off(name, atSignal);
    process.kill(process.pid, name);
  });
}
