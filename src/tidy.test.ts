/**
 * The rules of src/README.md that a machine can check, by topic. Each message says why the rule is
 * there, or where the code belongs instead.
 */
import './tidy/imports.suite.ts';
import './tidy/routers.suite.ts';
import './tidy/sentences.suite.ts';
import './tidy/sizes.suite.ts';
import './tidy/commands.suite.ts';
