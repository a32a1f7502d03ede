import type { AddressInfo } from "node:net";
import { buffer } from "node:stream/consumers";
import { SMTPServer } from "smtp-server";
import { readMail } from "./smtp-message";

/** A mail as it arrived. */
export interface ReceivedMail {
  /** Of the envelope: who it was really for. */
  to: string[];
  from: string;
  /** By lower-case name, unfolded but not decoded. */
  headers: Map<string, string>;
  subject: string;
  text: string;
  html: string;
}

/** What goes wrong with the next mail, where a server can say so. */
export interface SmtpFault {
  at: "sender" | "recipient" | "message";
  code: number;
  text: string;
}

export interface SmtpStandIn {
  /** For SMTP_URL, with the log-in. */
  url: string;
  /** Everything that was taken, oldest first. */
  mails: readonly ReceivedMail[];
  /** Faults for the next mails, one each, instead of those ordered before. */
  script(...faults: SmtpFault[]): void;
  /** How many of them haven't happened yet. */
  faultsLeft(): number;
  close(): Promise<void>;
}

const login = { username: "caption", password: "p@ss/word" };

function failure({ code, text }: SmtpFault): Error {
  return Object.assign(new Error(text), { responseCode: code });
}

/** A mail server on loopback, for tests: asks for a log-in, keeps what it takes, fails on order. */
export async function startSmtpStandIn(options: { port?: number } = {}): Promise<SmtpStandIn> {
  const mails: ReceivedMail[] = [];
  let faults: SmtpFault[] = [];
  const faultAt = (at: SmtpFault["at"]): Error | null => {
    const [next] = faults;
    if (next?.at !== at) return null;
    faults = faults.slice(1);
    return failure(next);
  };
  const server = new SMTPServer({
    authOptional: false,
    // Only so that no certificate is needed: the log-in goes over loopback.
    allowInsecureAuth: true,
    hideSTARTTLS: true,
    onAuth: ({ username, password }, _session, done) => {
      const fits = username === login.username && password === login.password;
      done(fits ? null : new Error("Invalid log-in"), fits ? { user: login.username } : undefined);
    },
    onMailFrom: (_address, _session, done) => done(faultAt("sender")),
    onRcptTo: (_address, _session, done) => done(faultAt("recipient")),
    onData: (stream, session, done) => {
      const { mailFrom, rcptTo } = session.envelope;
      const take = (body: Buffer) => {
        const fault = faultAt("message");
        if (fault) return done(fault);
        mails.push({
          to: rcptTo.map(({ address }) => address),
          from: mailFrom ? mailFrom.address : "",
          ...readMail(body.toString("latin1")),
        });
        done();
      };
      // A sender that hangs up in the middle is the sender's affair.
      buffer(stream).then(take, done);
    },
  });
  server.on("error", () => {});
  await new Promise<void>((resolve) => server.listen(options.port ?? 0, "127.0.0.1", resolve));
  const { port } = server.server.address() as AddressInfo;
  const secret = `${login.username}:${encodeURIComponent(login.password)}`;
  return {
    url: `smtp://${secret}@127.0.0.1:${port}`,
    mails,
    script: (...next) => {
      faults = next;
    },
    faultsLeft: () => faults.length,
    close: () => new Promise((resolve) => server.close(resolve)),
  };
}
