using Samples;

Console.WriteLine($"{SimpleApp.CrdName}: {SimpleApp.Definition}");
