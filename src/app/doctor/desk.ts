import type { Config } from '../../config.ts';
import { openCredential } from '../../desk/password.ts';
import { type Check, good, guarded } from './check.ts';

/** Whether the desk is on; nothing where no password is set. */
export async function checkDesk(config: Config): Promise<Check[]> {
  if (config.ADMIN_PASSWORD_HASH === null && config.ADMIN_PASSWORD_FILE === null) return [];
  const opened = await guarded('desk', 'make the line with `ombre admin password`, and let this account read the file', () =>
    openCredential(config),
  );
  return ['check' in opened ? opened.check : good('desk', 'the desk at /admin is on, its password is set')];
}
