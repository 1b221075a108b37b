import { once } from 'node:events';
import type { AddressInfo, Socket } from 'node:net';
import PostalMime, { type Email } from 'postal-mime';
import { SMTPServer, type SMTPServerDataStream, type SMTPServerOptions, type SMTPServerSession } from 'smtp-server';

export type Got = { from: string; to: string[]; raw: string };
export type MailServer = {
  url: string;
  /** Every mail that was answered with 250, and those whose connection was cut after all of the text had come. */
  got: Got[];
  accepted: Got[];
  close(): Promise<void>;
};
type Behaviour = {
  rcpt?: (address: string) => Error | null;
  mail?: () => Error | null;
  /** `drop`: cut the connection when all of the text has come, without an answer. */
  data?: (got: Got) => Error | 'drop' | null | Promise<Error | 'drop' | null>;
  options?: SMTPServerOptions;
};

/** A real SMTP server on loopback that does what the test says. */
export async function mailServer(behaviour: Behaviour = {}): Promise<MailServer> {
  const got: Got[] = [];
  const accepted: Got[] = [];
  const sockets = new Map<string, Socket>();
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    logger: false,
    ...behaviour.options,
    onMailFrom: (_address, _session, done) => done(behaviour.mail?.() ?? null),
    onRcptTo: (address, _session, done) => done(behaviour.rcpt?.(address.address) ?? null),
    onData: (stream, session, done) => {
      const take = async () => {
        const mail = await received(stream, session);
        got.push(mail);
        const said = (await behaviour.data?.(mail)) ?? null;
        if (said === 'drop') return cut(session);
        if (said === null) accepted.push(mail);
        done(said);
      };
      // A client that is killed leaves half a mail, which is none.
      take().catch(done);
    },
  });
  server.on('error', () => undefined);
  server.server.on('connection', (socket: Socket) => {
    sockets.set(`${socket.remoteAddress}:${socket.remotePort}`, socket);
    socket.on('close', () => sockets.delete(`${socket.remoteAddress}:${socket.remotePort}`));
  });
  server.listen(0, '127.0.0.1');
  await once(server.server, 'listening');
  const cut = (session: SMTPServerSession) => void sockets.get(`${session.remoteAddress}:${session.remotePort}`)?.destroy();
  return {
    url: `smtp://127.0.0.1:${(server.server.address() as AddressInfo).port}`,
    got,
    accepted,
    close: async () => {
      for (const socket of sockets.values()) socket.destroy();
      await new Promise<void>(resolve => server.close(() => resolve()));
    },
  };
}

export function answer(code: number, message = 'no'): Error {
  return Object.assign(new Error(message), { responseCode: code });
}

export function parsed({ raw }: Got): Promise<Email> {
  return PostalMime.parse(raw);
}

export function header(mail: Email, name: string): string | undefined {
  return mail.headers.find(({ key }) => key === name.toLowerCase())?.value;
}

async function received(stream: SMTPServerDataStream, session: SMTPServerSession): Promise<Got> {
  const parts: Buffer[] = [];
  for await (const part of stream) parts.push(part as Buffer);
  const { mailFrom, rcptTo } = session.envelope;
  return { from: mailFrom === false ? '' : mailFrom.address, to: rcptTo.map(to => to.address), raw: Buffer.concat(parts).toString('utf8') };
}
