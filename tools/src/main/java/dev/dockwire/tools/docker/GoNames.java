package dev.dockwire.tools.docker;

import dev.dockwire.tools.template.GoStruct;
import dev.dockwire.tools.template.Template;
import dev.dockwire.tools.template.TemplateException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Fields that Go calls otherwise than JSON does. Objects here have JSON's names, for most are shown
 * in JSON; a template may use either.
 */
final class GoNames {

  private static final Map<String, String> BY_JSON =
      Map.ofEntries(
          Map.entry("ApiVersion", "APIVersion"),
          Map.entry("CpuCfsPeriod", "CPUCfsPeriod"),
          Map.entry("CpuCfsQuota", "CPUCfsQuota"),
          Map.entry("CpuPeriod", "CPUPeriod"),
          Map.entry("CpuQuota", "CPUQuota"),
          Map.entry("CpuShares", "CPUShares"),
          Map.entry("Dns", "DNS"),
          Map.entry("DnsOptions", "DNSOptions"),
          Map.entry("DnsSearch", "DNSSearch"),
          Map.entry("HostIp", "HostIP"),
          Map.entry("HttpProxy", "HTTPProxy"),
          Map.entry("HttpsProxy", "HTTPSProxy"),
          Map.entry("Id", "ID"),
          Map.entry("NanoCpus", "NanoCPUs"));

  private GoNames() {}

  /** What a template makes of an object by JSON's names or else by Go's. */
  static String execute(Template template, GoStruct object) {
    try {
      return template.execute(object);
    } catch (TemplateException _) {
      return template.execute(of(object));
    }
  }

  private static Object of(Object data) {
    return switch (data) {
      case GoStruct struct -> {
        Map<String, Object> fields = new LinkedHashMap<>();
        struct
            .fields()
            .forEach((name, value) -> fields.put(BY_JSON.getOrDefault(name, name), of(value)));
        yield new GoStruct(struct.type(), fields);
      }
      case Map<?, ?> map -> {
        Map<Object, Object> members = new LinkedHashMap<>();
        map.forEach((key, value) -> members.put(key, of(value)));
        yield members;
      }
      case List<?> list -> list.stream().map(GoNames::of).toList();
      case null, default -> data;
    };
  }
}
