import { Readable } from 'node:stream';
import { parseConnectionUrl } from 'nodemailer/lib/shared';
import SMTPConnection from 'nodemailer/lib/smtp-connection';
import { messageOf } from '../errors.ts';
import type { Channel, Reply } from './channel.ts';
import { refusalOf } from './replies.ts';
import type { Refusal } from './reply-words.ts';

/** Times in milliseconds: to connect and greet, and for each answer. A slow server must not hold a mail beyond its lease. */
type SmtpPatience = { connect: number; answer: number };

const PATIENCE: SmtpPatience = { connect: 20_000, answer: 60_000 };
const MAILS_PER_CONNECTION = 100;
/** What no server could ever say, to stop a mail whose claim was lost. */
class ClaimLost extends Error {}

/** In the commands of SMTP it would name somebody else besides, or nobody. No form takes such an address. */
const NO_ADDRESS = /[\s<>\p{Cc}]|^$/u;

/** One connection at a time to the server of SMTP_URL, opened when needed and kept for the next mails. */
export function smtpChannel(url: string, patience: SmtpPatience = PATIENCE): Channel {
  let open: SMTPConnection | null = null;
  let sent = 0;

  const drop = () => {
    open?.close();
    open = null;
  };
  const connection = async (): Promise<SMTPConnection> => {
    if (open && sent < MAILS_PER_CONNECTION) return open;
    open?.quit();
    open = await connect(url, patience, drop);
    sent = 0;
    return open;
  };
  return {
    async deliver(message, _name, onBody) {
      if (NO_ADDRESS.test(message.to)) return { result: 'no_mailbox', response: 'it is no address that a mail can be sent to' };
      let smtp: SMTPConnection;
      try {
        smtp = await connection();
      } catch (error) {
        drop();
        return replyOf(error, false);
      }
      sent += 1;
      const body = bodyOf(message.bytes, onBody);
      try {
        const info = await new Promise<SMTPConnection.SentMessageInfo>((resolve, reject) =>
          smtp.send({ from: message.from, to: [message.to], size: message.bytes.length }, body.stream, (error, done) =>
            error ? reject(error) : resolve(done),
          ),
        );
        return { result: 'accepted', response: redacted(info.response) };
      } catch (error) {
        const reply = replyOf(error, body.begun());
        // After a refused mail the session goes on; after anything else nobody knows what state it is in.
        if (GOES_ON.has(reply.result)) await reset(smtp).catch(drop);
        else drop();
        return reply;
      }
    },
    close: async () => {
      open?.quit();
      open = null;
    },
  };
}

/** The text of a mail, which asks `onBody` whether it may go out when the server has said that it takes it. */
function bodyOf(bytes: Buffer, onBody: () => Promise<boolean>): { stream: Readable; begun(): boolean } {
  let asked = false;
  let begun = false;
  const stream = new Readable({
    read() {
      if (asked) return;
      asked = true;
      onBody().then(
        mine => {
          begun = mine;
          if (!mine) return this.destroy(new ClaimLost());
          this.push(bytes);
          this.push(null);
        },
        (error: Error) => this.destroy(error),
      );
    },
  });
  return { stream, begun: () => begun };
}

async function connect(url: string, patience: SmtpPatience, onGone: () => void): Promise<SMTPConnection> {
  const { auth, ...options } = parseConnectionUrl(url);
  const smtp = new SMTPConnection({
    ...options,
    connectionTimeout: patience.connect,
    greetingTimeout: patience.connect,
    socketTimeout: patience.answer,
  });
  await new Promise<void>((resolve, reject) => {
    smtp.once('error', reject);
    smtp.once('end', () => reject(new Error('the server closed the connection')));
    smtp.connect(error => (error ? reject(error) : resolve()));
  });
  // A kept connection that the server ends is opened anew for the next mail; errors of a running one reach its callback.
  smtp.on('error', onGone);
  smtp.on('end', onGone);
  if (auth) await new Promise<void>((resolve, reject) => smtp.login(auth, error => (error ? reject(error) : resolve())));
  return smtp;
}

async function reset(smtp: SMTPConnection): Promise<void> {
  await new Promise<void>((resolve, reject) => smtp.reset(error => (error ? reject(error) : resolve())));
}

type SmtpError = Error & { code?: string; responseCode?: number; response?: string; command?: string };

const RESULTS: Record<Refusal, Reply['result']> = {
  mailbox: 'no_mailbox',
  doubtful: 'doubtful',
  soft: 'later',
  sender: 'blocked',
  throttled: 'throttled',
  message: 'refused',
};
const GOES_ON: ReadonlySet<Reply['result']> = new Set(Object.values(RESULTS));

/** To the sender: 552 is the reply to a size, unless its enhanced code says something else. */
const TOO_LARGE = /^(552(?![ -][245]\.\d)|5\d\d[ -]5\.(3\.4|2\.3)\b)/;

/** What an error of the SMTP dialogue means for the mail. `begun`: its text had begun to go out. */
function replyOf(error: unknown, begun: boolean): Reply {
  if (error instanceof ClaimLost) return { result: 'lost', response: '' };
  const { responseCode = 0, command = '', response = '', code } = error as SmtpError;
  const answer = told(error);
  if (responseCode === 421) return { result: 'stop', response: answer };
  const recipient = command.startsWith('RCPT');
  if (responseCode >= 400 && (recipient || begun || command === 'DATA')) {
    return { result: RESULTS[refusalOf({ code: responseCode, text: response, at: recipient ? 'recipient' : 'text' })], response: answer };
  }
  // A size the server announced beforehand, or says at the beginning, is about this mail and not about the sender.
  if (code === 'EMESSAGE' || TOO_LARGE.test(response)) return { result: 'refused', response: answer };
  if (responseCode >= 500) return { result: 'denied', response: answer };
  return { result: begun ? 'unanswered' : 'stop', response: answer };
}

function told(error: unknown): string {
  const { response, code } = error as SmtpError;
  return redacted(response ?? `${code ? `${code}: ` : ''}${messageOf(error)}`);
}

/** What a server says often repeats the address; addresses are kept in one place only. */
export function redacted(text: string): string {
  return text
    .replace(/[^\s<>"'(),;:]+@[^\s<>"'(),;:]+/g, '(address)')
    .replace(/\p{Cc}+/gu, ' ')
    .slice(0, 300)
    .toWellFormed();
}
