import { readChart, type ChartOfAccounts } from './chart-of-accounts.ts';
import { readContractClauses, type ContractClause } from './contract-clauses.ts';
import { findDevelopmentValues, findUnusable, findWeakSecrets } from './config-faults.ts';
import { developmentDefaultsFor } from './development.ts';
import { readMailServer, type MailServer } from './mail-server.rules.ts';
import { payoutSettings, readOriginator, type PayoutOriginator } from './payout-originator.ts';
import { taxRates } from './tax-rates.ts';
import { DEFAULT_ELIGIBLE_PRODUCTS, parseEligibleProducts } from './eligible-products.ts';
import type { EligibleProduct } from '../src/shared/access-product.rules.ts';
import { readableText } from '../src/shared/readable-text.rules.ts';
import { compileTextSchema } from '../src/shared/schema-check.ts';
import type { FromSchema, ObjectSchema } from '../src/shared/schema-type.ts';
import type { TaxRate } from '../src/shared/tax.rules.ts';

/** One AAA server, `host:port:secret`; the secret is the rest of the text. */
export interface RadiusServer {
  readonly host: string;
  readonly port: number;
  readonly secret: string;
}

/** The service's settings: read once from the environment, validated, frozen, passed down. */
export interface Config {
  readonly mode: 'development' | 'production';
  /** Of a user that reads and writes rows. */
  readonly databaseUrl: string;
  /** Of the user that owns the schema: development migrates with it at the start, production by a separate command. */
  readonly migrationDatabaseUrl: string | undefined;
  readonly databasePoolSize: number;
  /** Partitions of a night's work that one process runs at once; each takes a connection of the pool. */
  readonly batchWorkers: number;
  readonly port: number;
  readonly host: string;
  /**
   * The listener of the carrier's own pages, at an address that the internet does not reach (ASVS 3.5.4), and where its browsers
   * reach it: form tokens, passkeys and the links of mails go by this origin.
   */
  readonly staff: { readonly host: string; readonly port: number; readonly origin: string };
  /** Where Prometheus finds the metrics; never the public address. Undefined: nowhere. */
  readonly metrics: { readonly host: string; readonly port: number } | undefined;
  /** Where subscribers reach the carrier's pages, e.g. `https://pay.carrier.example`; no trailing slash. */
  readonly publicOrigin: string;
  /** The header whose last hop, written by our own proxy, is the browser's address; false: there is no proxy. */
  readonly trustProxy: false | 'x-forwarded-for' | 'forwarded';
  readonly secret: string;
  readonly timeZone: string;
  readonly currency: 'JPY' | 'EUR';
  /** All consumption tax rates, including future ones. */
  readonly taxRates: readonly TaxRate[];
  readonly lineIdPattern: string;
  /** Layout of the invoice details of periods opened from now on: 1 has no columns for refunds. */
  readonly invoiceDetailsLayout: 1 | 2;
  readonly lineMonthlyLimitMinor: bigint;
  /** What one person may give back without another, in minor units (domain.md §9). */
  readonly refundLimits: {
    /** All refunds of one charge. */
    readonly chargeMinor: bigint;
    /** All refunds to one line on a day. */
    readonly lineDayMinor: bigint;
    /** All refunds of a person of the carrier on a day. */
    readonly personDayMinor: bigint;
    /** All refunds of a company, its keys and its people, on a day. */
    readonly companyDayMinor: bigint;
  };
  /** How long the database may add up the month of a company for the preview of a refund. */
  readonly refundPreviewTimeoutMs: number;
  /** What companies may ask about the line of a consent. */
  readonly lineChecks: {
    /** In minor units, the only ones that can be checked. */
    readonly amounts: readonly bigint[];
    /** Checks of a consent on a business date; 0 for none. */
    readonly perDay: number;
  };
  /** What companies may ask subscribers to pay. */
  readonly paymentRequests: {
    /** Open requests of a company to one addressee. */
    readonly openPerAddressee: number;
    /** Requests of a company on a business date. */
    readonly perDay: number;
    /** Days after which one expires, if the company names none. */
    readonly days: number;
  };
  /** Cases of the support centre. */
  readonly cases: {
    /** Bank days until a case has its first answer; 1 is the end of the next one. */
    readonly answerDays: number;
    /** Bank days until a company should answer what the support centre asks. */
    readonly companyDays: number;
    /** Days after the closing of a case in which its mails are kept. */
    readonly mailDays: number;
    /** Where people write to the support centre; undefined: its mails ask for no reply. */
    readonly mailAddress: string | undefined;
  };
  /** Months after the end of a tenure in which its people still read what was theirs; 0: not at all. */
  readonly formerHolderMonths: number;
  /** Days in which a company reads the requests of its programs; 0: none are kept. */
  readonly requestLogDays: number;
  /** Access products whose lines may pay (domain.md §2), each with the options that such a line needs. */
  readonly eligibleProducts: readonly EligibleProduct[];
  /** Encoding of the line files of the inbox. Empty: UTF-8, and a file that may be in another encoding is refused. */
  readonly lineFileEncoding: string;
  /** Days after a month's last due date that a settlement on what is collected waits for results. */
  readonly collectionWaitDays: number;
  readonly radius: {
    readonly servers: readonly RadiusServer[];
    readonly nasIdentifier: string;
    readonly firstRetryMs: number;
    readonly tries: number;
    readonly totalMs: number;
  };
  readonly carrier: {
    readonly name: string;
    readonly nameEn: string;
    readonly address: string;
    readonly registrationNumber: string;
    readonly contact: string;
    /** As English pages show it. */
    readonly contactEn: string;
    /** File of the logo on pages, .svg or .png; ours without one. */
    readonly logo?: string | undefined;
    /** Colour of buttons and links, `#17496f`; ours without one. */
    readonly accent?: string | undefined;
  };
  readonly mail: {
    /** Undefined in development without one: mails become files below `filesDir`. */
    readonly server: MailServer | undefined;
    readonly from: string;
    readonly fromName: string;
    readonly fromNameEn: string;
  };
  readonly payouts: {
    /** The carrier's account that pays; undefined: no payout file can be written. */
    readonly originator: PayoutOriginator | undefined;
    /** Bank codes that are accepted although the directory of banks does not list them. */
    readonly unlistedBanks: readonly string[];
  };
  /** How the journal names ledger accounts and kinds of entries. */
  readonly chartOfAccounts: ChartOfAccounts;
  /** Of contract documents. */
  readonly contractClauses: readonly ContractClause[];
  /** Folder of the files that batches read and write: imports, invoice details, statements, payout files. */
  /** Guides of the support centre, `ja/*.md` and `en/*.md`; undefined for those that come with the service. */
  readonly supportGuidesDir: string | undefined;
  readonly filesDir: string;
  readonly logLevel: string;
  readonly webhooks: {
    /** How long an endpoint may take to answer. */
    readonly timeoutMs: number;
    /** Whether endpoints may be on this machine, without TLS; in development alone. */
    readonly isLoopbackAllowed: boolean;
  };
  /** How long a stopping process still answers, so that the load balancer notices that it is not ready. */
  readonly drainMs: number;
  /** Whether this process runs the nights when they are due; several processes may, and an external scheduler too. */
  readonly schedule: boolean;
  /** Where companies have worlds of their own to try in; undefined: nowhere. */
  readonly sandbox: SandboxConfig | undefined;
  /** The world of a sandbox that these settings are of; undefined for the live service. */
  readonly world: WorldConfig | undefined;
}

/** The sandboxes of the companies. */
export interface SandboxConfig {
  /** Names the registry of the worlds, with a user who owns it and every database whose name begins with its name. */
  readonly databaseUrl: string;
  /** Worlds of all companies together. */
  readonly maxWorlds: number;
  /** After so many days without a request a world is dropped. */
  readonly idleDays: number;
}

/** A world of a sandbox. */
export interface WorldConfig {
  readonly id: string;
  /** The origin of the service, whose pages describe problems and endpoints for all worlds. */
  readonly liveOrigin: string;
}

/** `true` is the older value, from before the setting could name the header. */
const PROXIES = ['false', 'true', 'x-forwarded-for', 'forwarded'] as const;
const LOG_LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const;
const text = { type: 'string', minLength: 1 } as const;
const name = readableText(240);
const databaseAddress = {
  type: 'string',
  pattern: '^(mysql|mariadb)://',
  mustBe: 'an address that begins with mariadb:// or mysql://',
} as const;
const schema = {
  type: 'object',
  properties: {
    NODE_ENV: { type: 'string', enum: ['development', 'production', 'test'] },
    DATABASE_URL: databaseAddress,
    MIGRATION_DATABASE_URL: databaseAddress,
    DATABASE_POOL_SIZE: { type: 'integer', minimum: 1, maximum: 500, default: 10 },
    BATCH_WORKERS: { type: 'integer', minimum: 1, maximum: 64, default: 2 },
    PORT: { type: 'integer', minimum: 0, maximum: 65_535, default: 8080 },
    HOST: { ...text, default: '127.0.0.1' },
    STAFF_PORT: { type: 'integer', minimum: 0, maximum: 65_535 },
    STAFF_HOST: { ...text, default: '127.0.0.1' },
    STAFF_ORIGIN: {
      type: 'string',
      pattern: '^https?://[^/]+$',
      mustBe: 'an origin such as https://staff.carrier.example, without a slash at its end',
    },
    STAFF_ON_PUBLIC_ADDRESS: { type: 'string', enum: ['allow', 'refuse'], default: 'refuse' },
    METRICS_PORT: { type: 'integer', minimum: 0, maximum: 65_535 },
    METRICS_HOST: { ...text, default: '127.0.0.1' },
    PUBLIC_ORIGIN: {
      type: 'string',
      pattern: '^https?://[^/]+$',
      mustBe: 'an origin such as https://pay.carrier.example, without a slash at its end',
    },
    TRUST_PROXY: { type: 'string', enum: PROXIES, default: 'false' },
    TABANE_SECRET: { type: 'string', minLength: 32 },
    TIME_ZONE: { ...text, default: 'Asia/Tokyo' },
    CURRENCY: { type: 'string', enum: ['JPY', 'EUR'], default: 'JPY' },
    LINE_ID_PATTERN: { ...text, default: '^(CAF\\d{10}|COP\\d{8})$' },
    LINE_FILE_ENCODING: {
      type: 'string',
      enum: ['', 'utf-8', 'shift_jis', 'euc-jp', 'utf-16', 'utf-16le', 'utf-16be'],
      default: '',
    },
    COLLECTION_WAIT_DAYS: { type: 'integer', minimum: 0, maximum: 366, default: 60 },
    ELIGIBLE_PRODUCTS: { ...text, default: DEFAULT_ELIGIBLE_PRODUCTS },
    INVOICE_DETAILS_LAYOUT: { type: 'integer', enum: [1, 2], default: 2 },
    LINE_MONTHLY_LIMIT: { type: 'integer', minimum: 0, default: 10_000 },
    REFUND_LIMIT_CHARGE: { type: 'integer', minimum: 0, default: 10_000 },
    REFUND_LIMIT_LINE_DAY: { type: 'integer', minimum: 0, default: 20_000 },
    REFUND_LIMIT_PERSON_DAY: { type: 'integer', minimum: 0, default: 100_000 },
    REFUND_LIMIT_COMPANY_DAY: { type: 'integer', minimum: 0, default: 1_000_000 },
    REFUND_PREVIEW_TIMEOUT_MS: { type: 'integer', minimum: 10, maximum: 60_000, default: 5_000 },
    LINE_CHECK_AMOUNTS: {
      type: 'string',
      pattern: '^[1-9]\\d{0,6}(,[1-9]\\d{0,6}){0,9}$',
      mustBe: '1 to 10 whole amounts with commas between them, such as 500,1000,3000',
      default: '500,1000,3000,5000,10000',
    },
    LINE_CHECKS_PER_DAY: { type: 'integer', minimum: 0, maximum: 10, default: 3 },
    PAYMENT_REQUESTS_OPEN: { type: 'integer', minimum: 1, maximum: 50, default: 3 },
    PAYMENT_REQUESTS_PER_DAY: { type: 'integer', minimum: 0, maximum: 1_000_000, default: 500 },
    PAYMENT_REQUEST_DAYS: { type: 'integer', minimum: 1, maximum: 30, default: 7 },
    CASE_ANSWER_DAYS: { type: 'integer', minimum: 1, maximum: 30, default: 1 },
    CASE_COMPANY_DAYS: { type: 'integer', minimum: 1, maximum: 30, default: 5 },
    CASE_MAIL_DAYS: { type: 'integer', minimum: 31, maximum: 3_650, default: 400 },
    SUPPORT_MAIL: { ...text, maxLength: 254 },
    FORMER_HOLDER_MONTHS: { type: 'integer', minimum: 0, maximum: 120, default: 6 },
    REQUEST_LOG_DAYS: { type: 'integer', minimum: 0, maximum: 400, default: 30 },
    RADIUS_SERVERS: {
      type: 'string',
      pattern: '^[^:,]+:\\d+:[^,]+(,[^:,]+:\\d+:[^,]+)*$',
      mustBe: 'servers written host:port:secret, with commas between them',
    },
    RADIUS_NAS_IDENTIFIER: {
      type: 'string',
      pattern: '^[\\x20-\\x7e]{1,253}$',
      mustBe: '1 to 253 visible ASCII characters or blanks',
      default: 'tabane',
    },
    RADIUS_FIRST_RETRY_MS: { type: 'integer', minimum: 10, default: 1000 },
    RADIUS_TRIES: { type: 'integer', minimum: 1, maximum: 10, default: 3 },
    RADIUS_TOTAL_MS: { type: 'integer', minimum: 100, maximum: 60_000, default: 8000 },
    CARRIER_NAME: name,
    CARRIER_NAME_EN: name,
    CARRIER_ADDRESS: name,
    CARRIER_REGISTRATION_NUMBER: { type: 'string', pattern: '^T\\d{13}$', mustBe: 'T and 13 digits' },
    CARRIER_CONTACT: name,
    CARRIER_CONTACT_EN: name,
    CARRIER_LOGO: text,
    CARRIER_ACCENT: { type: 'string', pattern: '^#[0-9a-fA-F]{6}$', mustBe: 'a colour such as #17496f' },
    MAIL_SMTP_URL: {
      type: 'string',
      pattern: '^smtps?://[^/?#]+/?$',
      mustBe:
        'an address such as smtp://user:password@mail.carrier.example:587 or smtps://mail.carrier.example',
    },
    MAIL_FROM: { ...text, maxLength: 254 },
    MAIL_FROM_NAME: name,
    MAIL_FROM_NAME_EN: name,
    ...payoutSettings,
    CHART_OF_ACCOUNTS: text,
    SUPPORT_GUIDES_DIR: text,
    CONTRACT_CLAUSES: text,
    FILES_DIR: { ...text, default: '.data/files' },
    LOG_LEVEL: { type: 'string', enum: LOG_LEVELS, default: 'info' },
    DRAIN_MS: { type: 'integer', minimum: 0, maximum: 60_000, default: 5000 },
    WEBHOOK_TIMEOUT_MS: { type: 'integer', minimum: 100, maximum: 30_000, default: 20_000 },
    WEBHOOK_LOOPBACK: { type: 'string', enum: ['allow', 'refuse'], default: 'refuse' },
    SCHEDULE: { type: 'string', enum: ['on', 'off'], default: 'on' },
    SANDBOX_DATABASE_URL: databaseAddress,
    SANDBOX_MAX_WORLDS: { type: 'integer', minimum: 1, maximum: 10_000, default: 100 },
    SANDBOX_IDLE_DAYS: { type: 'integer', minimum: 1, maximum: 366, default: 30 },
  },
  required: [
    'DATABASE_URL',
    'PUBLIC_ORIGIN',
    'STAFF_ORIGIN',
    'TABANE_SECRET',
    'RADIUS_SERVERS',
    'CARRIER_NAME',
    'CARRIER_NAME_EN',
    'CARRIER_ADDRESS',
    'CARRIER_REGISTRATION_NUMBER',
    'CARRIER_CONTACT',
    'MAIL_FROM',
  ],
} as const satisfies ObjectSchema;

type Environment = FromSchema<typeof schema>;

const checkSettings = compileTextSchema(schema);

/** The reasons why the service does not start; each line names a setting. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
  readonly settings: readonly string[];

  constructor(settings: readonly string[]) {
    super(`The configuration cannot be used:\n${settings.map((line) => `  - ${line}`).join('\n')}`);
    this.settings = settings;
  }
}

/**
 * The settings of a process that works on a given database. `NODE_ENV` is required, because development fills gaps with
 * public values, and a closed period stores them permanently.
 * @throws ConfigError naming every missing or wrong setting at once.
 */
export function readConfig(environment: Readonly<Record<string, string | undefined>>): Config {
  if (!environment['NODE_ENV']) {
    throw new ConfigError([
      'NODE_ENV is missing: production, or development to try things out with public values in the gaps',
    ]);
  }
  return parseConfig(environment);
}

/**
 * Reads the settings from environment variables. In development the gaps are filled with values that
 * work on one machine; in production (`NODE_ENV=production`) every secret and address must be given, and a
 * value that only development may use is refused.
 * @throws ConfigError naming every missing or wrong setting at once.
 */
export function parseConfig(environment: Readonly<Record<string, string | undefined>>): Config {
  const production = environment['NODE_ENV'] === 'production';
  const known = Object.fromEntries(
    Object.keys(schema.properties)
      .filter((name) => environment[name] !== undefined && environment[name] !== '')
      .map((name) => [name, environment[name]]),
  );
  const outcome = checkSettings(
    production ? known : { ...developmentDefaultsFor(known['CURRENCY']), ...staffOriginOf(known), ...known },
  );
  const faults = production ? findDevelopmentValues(known) : [];
  // Development writes files.
  if (production && known['MAIL_SMTP_URL'] === undefined) faults.push('MAIL_SMTP_URL is missing');
  if (!outcome.valid) {
    faults.push(...outcome.errors.map(({ pointer, message }) => `${pointer.slice(1)} ${message}`));
  } else {
    faults.push(...findUnusable(outcome.value, production));
    if (production) faults.push(...findWeakSecrets(outcome.value));
    if (faults.length === 0) return freeze(outcome.value, production);
  }
  throw new ConfigError(faults);
}

function parseRadiusServer(server: string): RadiusServer {
  const [host = '', port = '', ...secret] = server.split(':');
  return Object.freeze({ host, port: Number(port), secret: secret.join(':') });
}

function trustedProxy(setting: Environment['TRUST_PROXY']): Config['trustProxy'] {
  if (setting === 'false') return false;
  return setting === 'true' ? 'x-forwarded-for' : setting;
}

function readStaffListener(env: Environment): Config['staff'] {
  return {
    host: env.STAFF_HOST,
    port: env.STAFF_PORT ?? staffPortBeside(env.PORT),
    origin: env.STAFF_ORIGIN,
  };
}

/** In development the origin follows the port. */
function staffOriginOf({ PORT = '8080', STAFF_PORT }: Readonly<Record<string, string | undefined>>) {
  return { STAFF_ORIGIN: `http://localhost:${STAFF_PORT ?? staffPortBeside(Number(PORT))}` };
}

/** Beside the public port. 0: any free one. */
function staffPortBeside(port: number): number {
  return port === 0 ? 0 : Math.min(port + 1, 65_535);
}

function chartOf(file: string | undefined): ChartOfAccounts {
  const read = readChart(file);
  if ('faults' in read) throw new ConfigError(read.faults);
  return read.chart;
}

function clausesOf(file: string | undefined): readonly ContractClause[] {
  const read = readContractClauses(file);
  if ('faults' in read) throw new ConfigError(read.faults);
  return read.clauses;
}

function freeze(env: Environment, production: boolean): Config {
  return Object.freeze({
    mode: production ? 'production' : 'development',
    databaseUrl: env.DATABASE_URL,
    migrationDatabaseUrl: env.MIGRATION_DATABASE_URL,
    databasePoolSize: env.DATABASE_POOL_SIZE,
    batchWorkers: env.BATCH_WORKERS,
    port: env.PORT,
    host: env.HOST,
    staff: Object.freeze(readStaffListener(env)),
    metrics:
      env.METRICS_PORT === undefined
        ? undefined
        : Object.freeze({ host: env.METRICS_HOST, port: env.METRICS_PORT }),
    publicOrigin: env.PUBLIC_ORIGIN,
    trustProxy: trustedProxy(env.TRUST_PROXY),
    secret: env.TABANE_SECRET,
    timeZone: env.TIME_ZONE,
    currency: env.CURRENCY,
    taxRates,
    lineIdPattern: env.LINE_ID_PATTERN,
    lineFileEncoding: env.LINE_FILE_ENCODING,
    collectionWaitDays: env.COLLECTION_WAIT_DAYS,
    invoiceDetailsLayout: env.INVOICE_DETAILS_LAYOUT === 1 ? 1 : 2,
    lineMonthlyLimitMinor: BigInt(env.LINE_MONTHLY_LIMIT),
    refundLimits: Object.freeze({
      chargeMinor: BigInt(env.REFUND_LIMIT_CHARGE),
      lineDayMinor: BigInt(env.REFUND_LIMIT_LINE_DAY),
      personDayMinor: BigInt(env.REFUND_LIMIT_PERSON_DAY),
      companyDayMinor: BigInt(env.REFUND_LIMIT_COMPANY_DAY),
    }),
    refundPreviewTimeoutMs: env.REFUND_PREVIEW_TIMEOUT_MS,
    lineChecks: Object.freeze({
      amounts: Object.freeze(env.LINE_CHECK_AMOUNTS.split(',').map(BigInt)),
      perDay: env.LINE_CHECKS_PER_DAY,
    }),
    paymentRequests: Object.freeze({
      openPerAddressee: env.PAYMENT_REQUESTS_OPEN,
      perDay: env.PAYMENT_REQUESTS_PER_DAY,
      days: env.PAYMENT_REQUEST_DAYS,
    }),
    cases: Object.freeze({
      answerDays: env.CASE_ANSWER_DAYS,
      companyDays: env.CASE_COMPANY_DAYS,
      mailDays: env.CASE_MAIL_DAYS,
      mailAddress: env.SUPPORT_MAIL,
    }),
    formerHolderMonths: env.FORMER_HOLDER_MONTHS,
    requestLogDays: env.REQUEST_LOG_DAYS,
    eligibleProducts: parseEligibleProducts(env.ELIGIBLE_PRODUCTS) as readonly EligibleProduct[],
    radius: Object.freeze({
      servers: Object.freeze(env.RADIUS_SERVERS.split(',').map(parseRadiusServer)),
      nasIdentifier: env.RADIUS_NAS_IDENTIFIER,
      firstRetryMs: env.RADIUS_FIRST_RETRY_MS,
      tries: env.RADIUS_TRIES,
      totalMs: env.RADIUS_TOTAL_MS,
    }),
    carrier: Object.freeze({
      name: env.CARRIER_NAME,
      nameEn: env.CARRIER_NAME_EN,
      address: env.CARRIER_ADDRESS,
      registrationNumber: env.CARRIER_REGISTRATION_NUMBER,
      contact: env.CARRIER_CONTACT,
      contactEn: env.CARRIER_CONTACT_EN ?? env.CARRIER_CONTACT,
      logo: env.CARRIER_LOGO,
      accent: env.CARRIER_ACCENT,
    }),
    mail: Object.freeze({
      server: env.MAIL_SMTP_URL === undefined ? undefined : Object.freeze(readMailServer(env.MAIL_SMTP_URL)),
      from: env.MAIL_FROM,
      fromName: env.MAIL_FROM_NAME ?? env.CARRIER_NAME,
      fromNameEn: env.MAIL_FROM_NAME_EN ?? env.CARRIER_NAME_EN,
    }),
    payouts: Object.freeze({
      originator: Object.freeze(readOriginator(env)),
      unlistedBanks: Object.freeze(env.UNLISTED_BANKS.split(',').filter((code) => code !== '')),
    }),
    chartOfAccounts: Object.freeze(chartOf(env.CHART_OF_ACCOUNTS)),
    supportGuidesDir: env.SUPPORT_GUIDES_DIR,
    contractClauses: Object.freeze(clausesOf(env.CONTRACT_CLAUSES)),
    filesDir: env.FILES_DIR,
    logLevel: env.LOG_LEVEL,
    webhooks: Object.freeze({
      timeoutMs: env.WEBHOOK_TIMEOUT_MS,
      isLoopbackAllowed: env.WEBHOOK_LOOPBACK === 'allow',
    }),
    drainMs: env.DRAIN_MS,
    schedule: env.SCHEDULE === 'on',
    sandbox:
      env.SANDBOX_DATABASE_URL === undefined
        ? undefined
        : Object.freeze({
            databaseUrl: env.SANDBOX_DATABASE_URL,
            maxWorlds: env.SANDBOX_MAX_WORLDS,
            idleDays: env.SANDBOX_IDLE_DAYS,
          }),
    world: undefined,
  } as const);
}
