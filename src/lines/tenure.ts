/** Who holds a line in `[validFrom, validTo)`; null is open-ended. */
export interface Tenure {
  readonly validFrom: string;
  readonly validTo: string | null;
  readonly holder: string;
  readonly birthDate: string | null;
  readonly email: string | null;
}
