/** What has to be put right, or is good to know, above everything else of a card. */
export interface Notice {
  readonly tone: 'bad' | 'good' | 'info';
  readonly title: string;
  readonly text: string;
  /** What one can do about it on our own pages. */
  readonly link?: { readonly href: string; readonly label: string };
}

/** What is left of the buyer's month. */
export interface RoomView {
  readonly text: string;
}

export interface ReceiptView {
  /** Where the subscriber sees and cancels it. */
  readonly href: string;
  readonly facts: readonly { readonly label: string; readonly texts: readonly string[] }[];
  /** Language of the order as it was confirmed, if it is not that of the page. */
  readonly language: string | undefined;
}

/** A magic person of a sandbox, with what the sign-in asks for. */
export interface MagicPersonView {
  readonly issuedId: string;
  readonly password: string;
  readonly label: string;
  /** What happens to a purchase by this person. */
  readonly text: string;
}

/** The card of a step. */
export interface StepView {
  readonly card: 'sign-in' | 'waiting' | 'line' | 'confirm' | 'refused' | 'receipt' | 'closed';
  readonly title: string;
  readonly responseStatus?: number;
  readonly retryAfterSeconds?: number;
  readonly refreshSeconds?: number;
  readonly notice?: Notice | undefined;
  readonly lead?: string;
  /** For the browser, as JSON. */
  readonly passkeyOptions?: string;
  /** In a world of a sandbox: people as whom one can buy without knowing anything. */
  readonly magicPersons?: readonly MagicPersonView[] | undefined;
  readonly person?: string;
  readonly room?: RoomView | undefined;
  readonly confirmLabel?: string;
  /** Of a line that is not proven: whether the ways to connect through it are listed. */
  readonly showsWays?: boolean;
  readonly receipt?: ReceiptView;
  /** The link to the seller. */
  readonly back?: { readonly href: string; readonly label: string };
}
