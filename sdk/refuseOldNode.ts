import * as pulumi from "@pulumi/pulumi";
import { nodeFault } from "../provider/nodeVersion.ts";

const fault = nodeFault();
if (fault !== undefined) throw new pulumi.RunError(fault);
