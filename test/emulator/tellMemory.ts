// Preloaded into an emulator's process: tells the most memory that it ever had, in MiB, when it is asked.
process.on("message", () => process.send?.(process.resourceUsage().maxRSS / 1024));
process.channel?.unref();
