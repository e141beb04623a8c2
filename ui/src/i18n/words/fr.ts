//! The words of French: loaded by a shop that speaks it.

import audit from "../../../../assets/i18n/fr-audit.ftl?raw";
import error from "../../../../assets/i18n/fr-error.ftl?raw";
import health from "../../../../assets/i18n/fr-health.ftl?raw";
import report from "../../../../assets/i18n/fr-report.ftl?raw";
import screen from "../../../../assets/i18n/fr-screen.ftl?raw";

export default { audit, error, health, report, screen };
