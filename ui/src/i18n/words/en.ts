//! The words of English: those every till starts with.

import audit from "../../../../assets/i18n/en-audit.ftl?raw";
import error from "../../../../assets/i18n/en-error.ftl?raw";
import health from "../../../../assets/i18n/en-health.ftl?raw";
import report from "../../../../assets/i18n/en-report.ftl?raw";
import screen from "../../../../assets/i18n/en-screen.ftl?raw";

export default { audit, error, health, report, screen };
