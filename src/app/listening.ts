import type { FastifyInstance } from 'fastify';
import { messageOf, mistake, OmbreError } from '../errors.ts';

/** Where to listen, and the names of the settings that say so. */
type Place = { port: readonly [name: string, value: number]; host: readonly [name: string, value: string] };

/** Listens and returns the address. Throws E_PORT_TAKEN when something else listens there, E_CONFIG when the host is no address of this machine. */
export async function listenAt(app: FastifyInstance, { port, host }: Place): Promise<string> {
  try {
    return await app.listen({ port: port[1], host: host[1] });
  } catch (error) {
    throw asMistake({ port, host }, error);
  }
}

/** What the system says of an address that cannot be listened on, in words that name the setting. */
function asMistake({ port, host }: Place, error: unknown): unknown {
  const { code, syscall } = error as NodeJS.ErrnoException;
  if (code === 'EADDRINUSE') {
    return new OmbreError('E_PORT_TAKEN', `${host[1]}:${port[1]}; set ${port[0]} to another one, or to 0 for any free one`, {
      cause: error,
    });
  }
  if (code === 'EACCES') return mistake('E_CONFIG', port[0], port[1], `one this user may listen on (${messageOf(error)})`);
  if (syscall !== 'listen' && syscall !== 'bind' && syscall !== 'getaddrinfo') return error;
  return mistake(
    'E_CONFIG',
    host[0],
    host[1],
    `an address of this machine, such as 127.0.0.1, or 0.0.0.0 for all of them (${messageOf(error)})`,
  );
}
