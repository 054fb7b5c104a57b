/** A response of the API: stored under the Idempotency-Key and returned unchanged to a retry. */
export interface ApiResponse {
  readonly status: number;
  /** JSON text. */
  readonly text: string;
  /** What is stored in place of `text`, without a secret that is shown once. */
  readonly storedText?: string;
}
