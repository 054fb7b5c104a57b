/** Proof that the line of the signed-in subscriber was connected at an address; valid for one checkout only. */
export interface LineProof {
  readonly checkout: string;
  readonly lineId: string;
  readonly address: string;
  /** The AAA server that accepted, `address:port`. */
  readonly server: string;
  readonly provenAt: number;
}

/** What was typed into a form that could not be taken yet, until its page shows it again. Never a password or a code. */
export interface FormDraft {
  /** Name of the form in its portal. */
  readonly form: string;
  /** Path of the page that shows it, without a query. */
  readonly path: string;
  readonly values: Readonly<Record<string, string>>;
  /** In ms since 1970. */
  readonly until: number;
}

/** The content of a session. A session exists only while somebody is signed in: nothing is stored for visitors. */
export interface PageSession {
  /** When it started, in ms since 1970: a session ends some hours later even if it is in use. */
  startedAt?: number;
  /** Token that every form of the session repeats; also identifies the session where requests are counted. */
  formToken?: string;
  subscriberId?: number;
  /** In the sessions of companies and the carrier, instead of `subscriberId`. */
  accountId?: number;
  /** How and when the person of the account proved to be it. */
  accountProof?: {
    readonly credentialVersion: number;
    readonly provenBy: 'password' | 'second-factor';
    readonly factorAt: number | null;
  };
  /** Of an account whose password alone is proven: what it has to do next. Opens nothing. */
  pendingSignIn?: {
    readonly step: 'second-factor' | 'enrolment';
    readonly ticket: string;
    /** Where to go afterwards. */
    readonly next: string;
  };
  /** The encrypted seed of the authenticator app that this browser shows for registration. */
  offeredSeed?: string;
  /** Fingerprint of the password that the session was started with. */
  credential?: string;
  /** How a subscriber proved to be that person. */
  provenBy?: 'password' | 'passkey';
  /** When, in ms since 1970: what is guarded most asks for a proof of a few minutes ago. */
  provenAt?: number;
  /** The passkey that proved the person, by `passkeyRef`: the session ends with it. */
  passkey?: string;
  lineProof?: LineProof;
  /** Signed in from elsewhere than the line, with a code that was mailed to its holder. */
  byMailCode?: true;
  /** Hashes of the form tokens that this session had before its person proved the second factor again. */
  formerTokens?: readonly string[];
  /** The last of each form; a few. */
  drafts?: readonly FormDraft[];
  /** What the last form did, said once by the next page. */
  flash?: { readonly key: string; readonly facts?: Readonly<Record<string, string | number>> };
}
