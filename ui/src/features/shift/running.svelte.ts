//! The drawer as it stands: read when the screen is shown and whenever something was sold or moved.

import { api, type ShiftView } from "../../api";
import { told, type Told } from "../../i18n/errors";

/** The running shift. */
class Running {
  /** `null` until it was read the first time. */
  view = $state.raw<ShiftView | null>(null);
  /** Why it could not be read. */
  failure = $state.raw<Told | null>(null);

  /** Reads it anew. */
  async read(): Promise<void> {
    try {
      this.take(await api.shift.show());
    } catch (error) {
      this.failure = told(error);
    }
  }

  /** Takes what a command answered. */
  take(view: ShiftView): void {
    this.view = view;
    this.failure = null;
  }
}

/** The running shift of this till. */
export const running = new Running();
