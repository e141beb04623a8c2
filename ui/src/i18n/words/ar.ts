//! The words of Arabic: how the till itself is. The screens of such a shop are English.

import health from "../../../../assets/i18n/ar-health.ftl?raw";

export default { health };
