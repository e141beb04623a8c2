//! Counts violations of the content security policy. Every one is a defect; tests read the count from the root element.

/** Keeps the count in `data-csp-violations` of the root element, and what was refused last in `data-csp-last`. */
export function countViolations(page: Document): void {
  const root = page.documentElement;
  root.dataset.cspViolations = "0";
  page.addEventListener("securitypolicyviolation", (event) => {
    root.dataset.cspViolations = String(Number(root.dataset.cspViolations) + 1);
    root.dataset.cspLast = `${event.violatedDirective} ${event.blockedURI} ${event.sample}`;
  });
}
