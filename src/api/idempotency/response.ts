/** What goes back to a company: remembered under the Idempotency-Key and given again word for word. */
export interface Answer {
  readonly status: number;
  /** JSON text. */
  readonly text: string;
}
